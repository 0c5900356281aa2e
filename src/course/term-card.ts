/**
 * Runs in the page of a lesson: shows the card of a term while a pointer rests on its link, while the keyboard is there, or after
 * a tap. The platform does the rest: a popover closes on Escape and on a click elsewhere, and CSS puts it beside its link.
 * Without this script, or in a browser without popovers, the link leads to the glossary.
 */

export {};

/** A pointer may pass over a link without a card, and may cross the gap between link and card. */
const REST_MS = 200;
const LEAVE_MS = 300;

/** Without anchor positioning a card stands at the foot of the window, out of a hovering pointer’s reach: then a click opens it. */
const isBesideLink = CSS.supports('position-area', 'block-end');

type Shown = { readonly link: HTMLAnchorElement; readonly card: HTMLElement };
let shown: Shown | undefined;
/** The link whose card was closed last: focus that comes back to it from the card must not open it again. */
let closed: HTMLAnchorElement | undefined;
let soon: ReturnType<typeof setTimeout> | undefined;
/** Of the press that a click ends: was it a finger, and was the card of its link open? By the time of the click it is closed. */
let press = { byTouch: false, onShown: false };

const elementOf = (target: EventTarget | null): Element | undefined => (target instanceof Element ? target : undefined);
const linkAt = (target: EventTarget | null): HTMLAnchorElement | undefined =>
  elementOf(target)?.closest<HTMLAnchorElement>('a.term-link') ?? undefined;
const isInCard = (target: EventTarget | null): boolean => Boolean(elementOf(target)?.closest('.term-card'));

function show(link: HTMLAnchorElement): void {
  const card = document.getElementById(`term-${link.dataset['term']}`);
  if (!card || shown?.link === link) return;
  hide();
  shown = { link, card };
  link.dataset['shown'] = '';
  // Naming the link puts what stands in the card next in the order of Tab.
  card.showPopover({ source: link });
}

const hide = (): void => shown?.card.hidePopover();

/** However it was closed: by us, by Escape, by a click elsewhere. */
function forget({ target, newState }: ToggleEvent): void {
  if (newState !== 'closed' || target !== shown?.card) return;
  closed = shown?.link;
  delete closed?.dataset['shown'];
  shown = undefined;
}

const hasFocus = ({ link, card }: Shown): boolean => document.activeElement === link || card.contains(document.activeElement);

function point({ target, pointerType }: PointerEvent): void {
  if (pointerType === 'touch' || !isBesideLink) return;
  clearTimeout(soon);
  const link = linkAt(target);
  if (link) soon = setTimeout(show, REST_MS, link);
  else if (shown && !isInCard(target) && !hasFocus(shown)) soon = setTimeout(hide, LEAVE_MS);
}

function focus({ target }: FocusEvent): void {
  const link = linkAt(target);
  const isBack = link !== undefined && link === closed;
  closed = undefined;
  if (link?.matches(':focus-visible') && !isBack) show(link);
  else if (!link && !isInCard(target)) hide();
}

function tap(event: MouseEvent): void {
  const link = linkAt(event.target);
  const opens = link && (press.byTouch || !isBesideLink) && !press.onShown && event.detail > 0;
  if (!opens || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link);
}

if ('showPopover' in HTMLElement.prototype) {
  addEventListener('pointerdown', ({ target, pointerType }) => {
    press = { byTouch: pointerType === 'touch', onShown: shown !== undefined && linkAt(target) === shown.link };
  });
  addEventListener('pointerover', point);
  addEventListener('focusin', focus);
  addEventListener('click', tap);
  // A toggle does not bubble, but it can be seen on its way down.
  document.addEventListener('beforetoggle', forget, { capture: true });
}
