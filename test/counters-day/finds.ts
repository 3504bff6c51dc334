import type { Step } from './steps.ts'

/** Days that went wrong once, at their shortest. */
export const FINDS: readonly { readonly what: string; readonly steps: readonly Step[] }[] = [
  {
    what: 'nothing remains of what is cancelled with the end of a hold, before any sweep',
    steps: [
      { do: 'push', slot: 0, person: 0, quantities: [30, 7] },
      { do: 'choose', slot: 0, place: 0 },
      { do: 'take', slot: 0, place: 0 },
      { do: 'cancel', slot: 0, by: 'hospital' },
      { do: 'pass', minutes: 300 },
    ],
  },
]
