/** VS Code's own themes of the four kinds. */
export const themes = {
  'dark': 'Default Dark Modern',
  'light': 'Default Light Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
} as const;

export type ThemeName = keyof typeof themes;
