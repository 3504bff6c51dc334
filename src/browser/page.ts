/** As much of a browser's page as the modules touch: the program's own library has no types of browsers. */
export interface Page {
  readonly document: {
    querySelector(selector: string): Element | null
    querySelectorAll(selector: string): Iterable<Element>
    addEventListener(type: 'keydown', listener: (event: KeyPress) => void): void
    readonly hidden: boolean
  }
  readonly location: { readonly href: string }
  fetch(
    address: string,
  ): Promise<{ readonly ok: boolean; readonly redirected: boolean; text(): Promise<string> }>
  readonly DOMParser: new () => { parseFromString(text: string, type: 'text/html'): Page['document'] }
  readonly TextDecoder: new (
    charset: string,
    options: { readonly fatal: boolean },
  ) => { decode(bytes: ArrayBuffer): string }
}

export interface Element {
  readonly dataset: Readonly<Record<string, string | undefined>>
  readonly tagName: string
  textContent: string | null
  value: string
  readonly files: ArrayLike<{ arrayBuffer(): Promise<ArrayBuffer> }> | null
  focus(): void
  click(): void
  replaceWith(other: Element): void
  contains(other: Element | null): boolean
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
