import type { Deps } from '../deps.ts'

/**
 * What the use cases about people are given. Their clock is that of the machine: authenticators and browsers live by
 * it, whatever the clock of a sandbox says.
 */
export interface StaffDeps extends Pick<Deps, 'pool' | 'mode' | 'registers' | 'policies'> {
  readonly machineClock: () => Date
  /** 32 bytes; seals the secrets of authenticators. */
  readonly keyEncryptionKey: Buffer
  /** How the outside reaches the hub, without a slash at the end. */
  readonly publicUrl: string
}
