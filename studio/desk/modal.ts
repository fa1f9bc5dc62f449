// SPDX-License-Identifier: MIT
const REACHED_BY_KEYS = 'button, input, select, textarea, a[href], [tabindex="0"]';

/**
 * A dialog that has the keys as long as it is there: its first control, or the one marked `data-first`, gets the focus,
 * Tab stays inside, Escape closes, and whoever had the focus before gets it back. For `use:`.
 */
export function modal(dialog: HTMLElement, onclose: () => void): { destroy(): void } {
  const before = document.activeElement as HTMLElement | SVGElement | null;
  const reached = (): HTMLElement[] => [...dialog.querySelectorAll<HTMLElement>(REACHED_BY_KEYS)]
    .filter((each) => !each.matches(':disabled') && each.getClientRects().length > 0);
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') {
      const all = reached(), now = all.indexOf(document.activeElement as HTMLElement);
      all[(now + (event.shiftKey ? all.length - 1 : 1) + (now < 0 && event.shiftKey ? 1 : 0)) % all.length]?.focus();
      event.preventDefault();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      onclose();
    }
    if (event.key !== '?') event.stopPropagation(); // the page behind it rests
  };
  dialog.addEventListener('keydown', key);
  (dialog.querySelector<HTMLElement>('[data-first]') ?? reached()[0])?.focus();
  return {
    destroy: () => {
      dialog.removeEventListener('keydown', key);
      if (before?.isConnected === true) before.focus();
    },
  };
}
