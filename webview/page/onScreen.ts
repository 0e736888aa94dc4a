/** Knows which parts of the page are in sight, or nearly. */
export class OnScreen {
  private readonly outOfSight = new Set<Element>();

  /** Calls `change` when one of the parts comes into sight. */
  constructor(parts: readonly Element[], change: () => void) {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) this.outOfSight.delete(target);
          else this.outOfSight.add(target);
        }
        if (entries.some(({ isIntersecting }) => isIntersecting)) change();
      },
      { rootMargin: '100px' },
    );
    for (const part of parts) observer.observe(part);
  }

  /** Also true of what was not looked at yet: the first picture is a whole one. */
  isIn(part: Element): boolean {
    return !this.outOfSight.has(part);
  }
}
