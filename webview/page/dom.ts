/** Elements without markup: text is set as text, so that a layer's name can never be read as HTML. */

type Attributes = Readonly<Record<string, string | undefined>>;
export type Child = Node | string;

/** An element with attributes and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) created.setAttribute(name, value);
  }
  created.append(...children);
  return created;
}

/** A picture of the icon library, for the eye only. */
export function icon(name: string): HTMLElement {
  return element('span', { 'class': `icon icon-${name}`, 'aria-hidden': 'true' });
}

/** Sets an element's text if it is another one: what is unchanged is neither laid out nor read out again. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Sets or takes away an attribute if that changes it. */
export function setAttribute(target: Element, name: string, value: string | undefined): void {
  if (value === undefined) target.removeAttribute(name);
  else if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/** Makes children or takes them away until there are `count`: those that stay are not laid out again. */
export function fitChildren(parent: Element, count: number, make: () => Element): void {
  while (parent.childElementCount < count) parent.append(make());
  while (parent.childElementCount > count) parent.lastElementChild?.remove();
}
