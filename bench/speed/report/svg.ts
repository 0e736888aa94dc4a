/** What the pictures share: a frame that reads on light and on dark pages. */

const style = `
text { font: 11px system-ui, sans-serif; fill: #57606a; }
.job { font-weight: 600; fill: #0969da; }
.label { text-anchor: end; }
.tick { text-anchor: middle; }
.grid { stroke: #8b949e; stroke-opacity: 0.25; }
.one { stroke: #8b949e; }
.own { fill: #2da44e; }
.other { fill: #8b949e; }
.time { fill: none; stroke: #2da44e; stroke-width: 1.5; }
.memory { fill: none; stroke: #0969da; stroke-width: 1.5; stroke-dasharray: 4 3; }
.time-text { fill: #2da44e; }
.memory-text { fill: #0969da; }
@media (prefers-color-scheme: dark) { text { fill: #9198a1; } }
`;

/** The whole picture from its parts. */
export function svg(
  { width, height, title }: { readonly width: number; readonly height: number; readonly title: string },
  parts: readonly string[],
): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escapeText(title)}</title>
<style>${style}</style>
${parts.join('\n')}
</svg>
`;
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
