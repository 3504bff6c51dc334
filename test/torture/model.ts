/** Which of the two pharmacies. */
export type Place = 0 | 1

/** What somebody asks of one prescription; every supply is of all its lines. */
export type Command =
  | {
      readonly do: 'choose' | 'take' | 'approve' | 'refuse' | 'release' | 'request' | 'hand-over'
      readonly place: Place
    }
  | { readonly do: 'reverse' | 'return'; readonly by: Place | 'agency' }
  | { readonly do: 'cancel'; readonly by: 'hospital' | 'agency' }
  | { readonly do: 'defer' }
  | { readonly do: 'read'; readonly by: 'hospital' | 'agency' }

/** Where a prescription stands, as anybody outside could tell. */
export interface Standing {
  readonly state: string
  readonly place?: Place
  readonly isCancelPending?: true
}

/** What was answered: done or refused, and for a read the state that was told. */
export interface Answer {
  readonly isDone: boolean
  readonly state?: string
  /**
   * It was refused, and had been sent before without an answer: a key is kept for what was done alone, so what is still
   * on its way, to a process that stands still, may be done after all.
   */
  readonly mayComeLate?: true
}

export const OPEN: Standing = { state: 'open' }

/**
 * The lifecycle once more, as short as it can be said and without a line of the hub's: what a command does to a
 * prescription that nobody forgets in the meantime, so that no hold and no validity runs out.
 *
 * @returns where it stands then; `undefined` when the command must be refused
 */
export function next(standing: Standing, command: Command): Standing | undefined {
  const { state, place, isCancelPending } = standing
  const isOneOf = (...states: string[]) => states.includes(state)
  const isHolder = 'place' in command ? command.place === place : !('by' in command) || command.by === place
  switch (command.do) {
    case 'read':
      return standing
    case 'choose':
      return isOneOf('open', 'chosen') ? { state: 'chosen', place: command.place } : undefined
    case 'take':
      if (!isHolder) return undefined
      return state === 'chosen'
        ? { ...standing, state: 'held' }
        : isOneOf('held', 'reviewed')
          ? standing
          : undefined
    case 'approve':
      return isHolder && state === 'held' && !isCancelPending ? { ...standing, state: 'reviewed' } : undefined
    case 'refuse':
      return isHolder && state === 'held' ? { state: 'refused' } : undefined
    case 'release':
      if (!isHolder || !isOneOf('held', 'reviewed')) return undefined
      return isCancelPending ? { state: 'cancelled' } : { ...standing, state: 'chosen' }
    case 'request':
      return isHolder && state === 'reviewed' && !isCancelPending
        ? { ...standing, state: 'settling' }
        : undefined
    case 'hand-over':
      return isHolder && isOneOf('settled', 'deferred') ? { ...standing, state: 'dispensed' } : undefined
    case 'reverse':
      return (command.by === 'agency' || isHolder) && isOneOf('settled', 'deferred')
        ? { ...standing, state: 'reviewed' }
        : undefined
    case 'return':
      return (command.by === 'agency' || isHolder) && state === 'dispensed'
        ? { state: 'returned' }
        : undefined
    case 'defer':
      return state === 'settling' ? { ...standing, state: 'deferred' } : undefined
    case 'cancel':
      if (isOneOf('open', 'chosen')) return { state: 'cancelled' }
      return isOneOf('held', 'reviewed', 'settling') ? { ...standing, isCancelPending: true } : undefined
  }
}

/** What may become of it without anybody asking: the settlement's answer comes. */
export function byItself(standing: Standing): readonly Standing[] {
  if (standing.state !== 'settling') return []
  return ['settled', 'deferred', 'reviewed'].map((state) => ({ ...standing, state }))
}

/** Whether an answer is the right one to a command at a standing. */
export function agrees(standing: Standing, command: Command, answer: Answer): boolean {
  if (command.do === 'read') return answer.state === standing.state
  return answer.isDone === (next(standing, command) !== undefined)
}

const LEADS_ON: Readonly<Record<string, Command['do']>> = {
  open: 'choose',
  chosen: 'take',
  held: 'approve',
  reviewed: 'request',
  settled: 'hand-over',
  deferred: 'hand-over',
}

/** The command that leads on from a state, if one does. */
export function leadingOn(state: string, place: Place): Command | undefined {
  const verb = LEADS_ON[state]
  return verb === undefined ? undefined : ({ do: verb, place } as Command)
}
