/** Who asks, as the HTTP room found out; `system` is the hub's own worker or sweep. */
export interface Caller {
  readonly kind: 'hospital' | 'pharmacy' | 'agency' | 'operator' | 'patient' | 'system'
  /** The client, or for a patient the link. */
  readonly id: string
  readonly regionCode: string
  readonly institutionId?: string
}

/** The hub itself, where no caller stands behind a change. */
export function systemCaller(regionCode: string): Caller {
  return { kind: 'system', id: 'hub', regionCode }
}
