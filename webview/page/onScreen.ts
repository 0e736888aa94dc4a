/** Pixels around the window in which a part counts as in sight. */
const margin = 100;

/** Knows which parts of the page are in sight, or nearly. */
export class OnScreen {
  private readonly inSight = new Map<Element, boolean>();

  /** Calls `change` when one of the parts comes into sight. */
  constructor(parts: readonly Element[], change: () => void) {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) this.inSight.set(target, isIntersecting);
        if (entries.some(({ isIntersecting }) => isIntersecting)) change();
      },
      { rootMargin: `${margin}px` },
    );
    for (const part of parts) observer.observe(part);
  }

  /** What was hidden is shown: where it stands is known before the observer says it, a frame or two later. */
  forget(): void {
    this.inSight.clear();
  }

  isIn(part: Element): boolean {
    const known = this.inSight.get(part);
    if (known !== undefined) return known;
    const { top, bottom } = part.getBoundingClientRect();
    const isIn = top < window.innerHeight + margin && bottom > -margin;
    this.inSight.set(part, isIn);
    return isIn;
  }
}
