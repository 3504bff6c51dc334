/** States of a reimbursement file. */
export const FILE_STATUSES = ['open', 'withdrawn', 'submitted', 'approved', 'declined', 'paid'] as const
export type FileStatus = (typeof FILE_STATUSES)[number]

export const FILE_COMMANDS = [
  'add-paper',
  'submit',
  'send-back',
  'approve',
  'decline',
  'reopen',
  'pay',
  'withdraw',
] as const
export type FileCommand = (typeof FILE_COMMANDS)[number]

export type FileActor = 'agency' | 'hospital'

export interface FileTransition {
  readonly from: FileStatus
  readonly command: FileCommand
  readonly by: readonly FileActor[]
  readonly to: FileStatus
}

const BOTH: readonly FileActor[] = ['agency', 'hospital']
const AGENCY: readonly FileActor[] = ['agency']

/** Every change of a file there is. A paid file stays paid: money that went out comes back by a new decision elsewhere. */
export const FILE_TRANSITIONS: readonly FileTransition[] = [
  { from: 'open', command: 'add-paper', by: BOTH, to: 'open' },
  { from: 'open', command: 'submit', by: BOTH, to: 'submitted' },
  { from: 'open', command: 'withdraw', by: BOTH, to: 'withdrawn' },
  { from: 'submitted', command: 'send-back', by: AGENCY, to: 'open' },
  { from: 'submitted', command: 'approve', by: AGENCY, to: 'approved' },
  { from: 'submitted', command: 'decline', by: AGENCY, to: 'declined' },
  { from: 'approved', command: 'reopen', by: AGENCY, to: 'submitted' },
  { from: 'approved', command: 'pay', by: AGENCY, to: 'paid' },
  { from: 'declined', command: 'withdraw', by: BOTH, to: 'withdrawn' },
  { from: 'declined', command: 'reopen', by: AGENCY, to: 'submitted' },
]

/** Where a command leads. @returns undefined when the state or the actor forbids it */
export function nextStatus(from: FileStatus, command: FileCommand, by: string): FileStatus | undefined {
  return FILE_TRANSITIONS.find(
    (transition) =>
      transition.from === from &&
      transition.command === command &&
      (transition.by as readonly string[]).includes(by),
  )?.to
}
