import t from 'tap'
import { outOfOrder, type Told } from './linearise.ts'
import type { Command } from './model.ts'

const told = (command: Command, sentAt: number, answeredAt: number, isDone = true, state?: string): Told => ({
  command,
  sentAt,
  answeredAt,
  answer: { isDone, ...(state === undefined ? {} : { state }) },
})
const unheard = (command: Command, sentAt: number): Told => ({
  command,
  sentAt,
  answeredAt: Number.POSITIVE_INFINITY,
})
const read = (sentAt: number, state: string) =>
  told({ do: 'read', by: 'agency' }, sentAt, sentAt + 1, true, state)
const way = [
  told({ do: 'choose', place: 0 }, 0, 1),
  told({ do: 'take', place: 0 }, 2, 3),
  told({ do: 'approve', place: 0 }, 4, 5),
  told({ do: 'request', place: 0 }, 6, 7),
]

t.test('a history that some order explains is accepted', async (t) => {
  t.equal(outOfOrder([]), undefined)
  t.equal(
    outOfOrder([...way, read(8, 'settling'), read(20, 'settled')]),
    undefined,
    'the answer came in between',
  )
  t.equal(
    outOfOrder([told({ do: 'take', place: 0 }, 0, 10), told({ do: 'choose', place: 0 }, 1, 9)]),
    undefined,
    'of two at once either may be first',
  )
  t.equal(
    outOfOrder([...way, unheard({ do: 'cancel', by: 'hospital' }, 8)]),
    undefined,
    'and may never arrive',
  )
  t.equal(
    outOfOrder([unheard({ do: 'cancel', by: 'hospital' }, 0), read(1, 'open'), read(99, 'cancelled')]),
    undefined,
    'or arrive late',
  )
})

t.test('what no order explains is found', async (t) => {
  const twice = told({ do: 'hand-over', place: 0 }, 40, 41)
  const cases: readonly (readonly Told[])[] = [
    [told({ do: 'take', place: 0 }, 0, 1)],
    [...way, told({ do: 'take', place: 1 }, 8, 9)],
    [...way, read(10, 'settled'), told({ do: 'hand-over', place: 0 }, 30, 31), twice],
    [...way, read(10, 'settled'), read(12, 'settling')],
    [told({ do: 'cancel', by: 'hospital' }, 0, 1), read(2, 'open')],
    [told({ do: 'choose', place: 0 }, 0, 1), told({ do: 'take', place: 0 }, 2, 3, false)],
    [...way.slice(0, 2), unheard({ do: 'cancel', by: 'hospital' }, 50), read(10, 'cancelled')],
  ]
  for (const history of cases) t.ok(outOfOrder(history), JSON.stringify(history.at(-1)))
  t.match(outOfOrder([...way, read(8, 'held')]), {
    left: [{ command: { do: 'read' } }],
  })
})
