import t from 'tap'
import { judgeStored } from '../../src/usecases/judge-stored.ts'
import { testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'

t.test("FS-3.4 a later step sees the history of the prescription's person and of nobody else", async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { cast } = hub.world
  const another = [cast.employee, cast.resident].find(({ personId }) => personId !== cast.person.personId)!
  const own = await walk.submitted()
  const others = await walk.submitted({ person: another })
  const later = await walk.submitted()
  const historyOf = async (no: string) =>
    (await judgeStored(hub.deps, hub.deps.pool, '441400', no, 'choice', hub.now)).facts.history.map(
      ({ prescriptionNo }) => prescriptionNo,
    )
  t.same((await historyOf(later.no)).sort(), [own.no])
  t.same(await historyOf(others.no), [])
})
