// SPDX-License-Identifier: MIT
type Child = Node | string | null;
type Props = Record<string, string | boolean | number | ((event: never) => void)>;

/** An element: `class`, `onclick` and the like, other names are attributes. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as unknown as EventListener);
    else if (typeof value === 'boolean') element.toggleAttribute(name, value);
    else element.setAttribute(name, String(value));
  }
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

const PATHS: Record<string, string> = {
  play: 'M7 4.5v15l12-7.5z', pause: 'M7 4.5h3.6v15H7zM13.4 4.5H17v15h-3.6z',
  previous: 'M6 5h2.4v14H6zM19 5v14l-9.5-7z', next: 'M15.6 5H18v14h-2.4zM5 5v14l9.5-7z',
  minus: 'M5 11h14v2H5z', plus: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z',
  close: 'M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z',
  menu: 'M4 6h16v2H4zM4 11h16v2H4zM4 16h16v2H4z', theme: 'M12 3a9 9 0 1 0 0 18V3z',
  help: 'M3 6h18v12H3zM5 8v2h2V8zm4 0v2h2V8zm4 0v2h2V8zm4 0v2h2V8zM5 12v2h2v-2zm12 0v2h2v-2zM9 12v2h6v-2z',
  target: 'M12 2v4M12 18v4M2 12h4M18 12h4',
};

export function icon(name: keyof typeof PATHS): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name]);
  path.setAttribute('fill', 'currentColor');
  path.setAttribute('fill-rule', 'evenodd');
  svg.append(path);
  return svg;
}

/** Writes a text only where it changes: setting it costs a layout. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
