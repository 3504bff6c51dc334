/** What should not be, as it is found. */
export class Findings {
  readonly found: { readonly what: string; readonly detail: string }[] = []
  /** How often each kind was found; of each kind only the first few are kept in words. */
  readonly counts = new Map<string, number>()

  add(what: string, detail: string): void {
    const count = (this.counts.get(what) ?? 0) + 1
    this.counts.set(what, count)
    if (count <= 3) this.found.push({ what, detail })
  }
}
