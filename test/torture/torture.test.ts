import t from 'tap'
import { GOOD_DAY } from '../../src/payer/simulator.ts'
import { torture } from './torture.ts'

const SEED = Number(process.env['TORTURE_SEED'] ?? 7)

t.test(
  `processes, database and queue killed under many clients: every answer is explained and nothing is lost (seed ${SEED})`,
  { timeout: 290_000 },
  async (t) => {
    // A payer that fails now and then, but not so often that the last settlement is waited for.
    const mood = { ...GOOD_DAY, delay: 0.2, failBefore: 0.05, failAfter: 0.05, twice: 0.2 }
    const report = await torture({ operations: 500, faults: 8, seed: SEED, clients: 16, mood })
    t.same(report.details, [])
    const { operations, prescriptions, commands, eventsTold, faults } = report
    t.ok(operations >= 500 && prescriptions >= 10 && eventsTold >= 50, JSON.stringify(report))
    t.ok((commands['hand-over done'] ?? 0) >= 3, 'some got to their end')
    t.ok(Object.values(faults).reduce((sum, times) => sum + times, 0) >= 8)
    t.comment(JSON.stringify(report))
  },
)
