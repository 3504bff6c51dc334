/** What the modules touch of a page that a browser has and Node's library, which types the rest, has not. */
export interface Page {
  readonly document: {
    querySelector(selector: string): Element | null
    querySelectorAll(selector: string): Iterable<Element>
    addEventListener(type: 'keydown', listener: (event: KeyPress) => void): void
    readonly hidden: boolean
  }
  readonly location: { readonly href: string }
  readonly DOMParser: new () => { parseFromString(text: string, type: 'text/html'): Page['document'] }
}

export interface Element {
  readonly dataset: Readonly<Record<string, string | undefined>>
  textContent: string | null
  value: string
  readonly files: ArrayLike<Blob> | null
  focus(): void
  click(): void
  replaceWith(other: Element): void
  setAttribute(name: string, value: string): void
  closest(selector: string): Element | null
  matches(selector: string): boolean
  addEventListener(type: 'change', listener: () => void): void
}

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  preventDefault(): void
}
