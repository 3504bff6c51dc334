/** Which methods an address knows, so that a wrong one is told from an unknown address. */
export class KnownAddresses {
  readonly #methods = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>()

  /** @param url as a route declares it: `/p/:token`, `/docs/*` */
  add(url: string, methods: readonly string[]): void {
    const known = this.#methods.get(url) ?? { pattern: patternOf(url), methods: new Set() }
    for (const method of methods) known.methods.add(method)
    this.#methods.set(url, known)
  }

  /**
   * The methods of an address, in the order of the alphabet; none when no route has it.
   *
   * Only asked after no route was found, so a walk over all patterns is cheap enough.
   *
   * @param url as requested, with its query
   */
  methodsOf(url: string): string[] {
    const path = url.replace(/[?#].*$/s, '')
    const found = new Set<string>()
    for (const { pattern, methods } of this.#methods.values()) {
      if (pattern.test(path)) for (const method of methods) found.add(method)
    }
    return [...found].sort()
  }
}

function patternOf(url: string): RegExp {
  const source = url
    .split('/')
    .map((part) => {
      if (part === '*') return '.*'
      return part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    })
    .join('/')
  return new RegExp(`^${source}$`, 's')
}
