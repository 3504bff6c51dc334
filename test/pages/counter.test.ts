import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { samplePeopleOf } from '../../src/embedded/sandbox-people.ts'
import { closeMonth, computeMonth } from '../../src/usecases/clearing/close-month.ts'
import { sendStatement } from '../../src/usecases/clearing/statement.ts'
import { pickupCode } from '../../src/usecases/secrets.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { aWrite } from '../support/hub.ts'
import { aTraceCode } from '../support/journey.ts'
import { type Desk, openBrowser, openDesk, picture, sidewaysOf, violationsOf } from './desk.ts'
import { browserPath, patientSite } from './patient-page.ts'

const executable = browserPath()
const skip = executable === undefined ? 'no Chromium: set CHROMIUM_PATH' : false

t.test('a pharmacist works the queue in a browser', { skip, timeout: 180_000 }, async (t) => {
  const { app, hub, walk } = await patientSite(t, { anyQuantity: true })
  const { world, deps } = hub
  const [pharmacist, , clerk, officer] = samplePeopleOf(world)
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await openBrowser(t, executable!)

  /** Nothing is wrong with the page for anybody, and nothing of it is out of sight on the screen of a counter. */
  const sound = async (t: Test, { page, faults }: Desk, name: string) => {
    t.same(await violationsOf(page), [], `${name}: WCAG 2.2 AA`)
    t.equal(await sidewaysOf(page), 0, `${name}: not wider than 1366`)
    t.same(faults, [], `${name}: the policy stops nothing, nothing is thrown`)
    await page.setViewportSize({ width: 360, height: 768 })
    t.equal(await sidewaysOf(page), 0, `${name}: not wider than 360`)
    await picture(page, name)
    await page.setViewportSize({ width: 1366, height: 768 })
  }
  const settle = async (no: string) => {
    const { rows } = await deps.pool.query(
      `select settlement_id from settlement where prescription_no = $1 and status = 'requested'`,
      [no],
    )
    await settlePrescription(deps, { regionCode: world.regionCode, settlementId: rows[0].settlement_id })
  }
  const codeOf = async (no: string) => {
    const { rows } = await deps.pool.query(
      'select revision from prescription_state where prescription_no = $1',
      [no],
    )
    return pickupCode(deps.linkKey, no, rows[0].revision)
  }
  const enter = async (page: Page, person: { readonly personId: string }) => {
    await page.goto(`${origin}/staff/samples/${person.personId}`)
    await page.getByRole('button', { name: '进入' }).click()
    await page.getByRole('heading', { level: 1, name: '待办处方' }).waitFor()
  }

  await t.test('MZ-6.5 from the code to the hand-over by keys and scanner alone', async (t) => {
    const { no, content } = await walk.chosen()
    const other = await walk.chosen()
    const desk = await openDesk(browser)
    const { page } = desk
    await enter(page, pharmacist!)
    await sound(t, desk, '1-inbox')
    t.equal(await page.locator('tbody tr').count(), 2)
    t.notMatch(await page.content(), content.patient.name, 'nothing of the person before it is taken')

    await page.keyboard.press('F4')
    await page.keyboard.type('0000-0000-0000-0000-0000-0000-00')
    await page.keyboard.press('Enter')
    t.match(await page.getByRole('alert').textContent(), /取药码/)
    await sound(t, desk, '2-wrong-code')
    await page.keyboard.press('F4')
    await page.keyboard.press('Control+a')
    await page.keyboard.type((await codeOf(no)).toLowerCase())
    await page.keyboard.press('Enter')
    await page.getByText('已接单').waitFor()
    t.match(await page.locator('.rp').textContent(), content.patient.name)
    t.match(await page.locator('.rp').textContent(), content.diagnoses[0]!.name)
    t.match(await page.locator('#proof + p').textContent(), /签名有效/)
    t.match(await page.locator('.facts').first().textContent(), /锁定剩余\s*\d\d:\d\d/)
    await sound(t, desk, '3-held')

    await page.getByLabel('已核对身份与处方一致').focus()
    await page.keyboard.press('Space')
    for (const paper of ['居民身份证', '医保卡或社会保障卡']) await page.getByLabel(paper).press('Space')
    await page.keyboard.press('F8')
    await page.getByText('审方通过，请核对价格').waitFor()
    await sound(t, desk, '4-reviewed')
    await page.keyboard.press('F6')
    t.ok(await page.locator('textarea:focus').isVisible(), 'a key also finds what is folded up')
    await page.evaluate('document.activeElement.blur()')

    await page.keyboard.press('F7')
    await page.getByRole('heading', { level: 2, name: '预结算' }).waitFor()
    const quoted = await page.locator('.big:not([aria-hidden])').first().textContent()
    await sound(t, desk, '5-quote')
    await page.keyboard.press('F8')
    await page.getByRole('heading', { level: 2, name: '结算中' }).waitFor()
    await sound(t, desk, '6-settling')
    await settle(no)
    await page.getByRole('heading', { level: 2, name: '结算结果' }).waitFor({ timeout: 15_000 })
    t.equal(
      await page.locator('.big:not([aria-hidden])').first().textContent(),
      quoted,
      'the page came by itself',
    )
    await sound(t, desk, '7-settled')

    await page.getByLabel('批号').first().fill('20260801A')
    await page.getByLabel('有效期至').first().fill('2028-07-31')
    await page.keyboard.press('F6')
    const packs = Number(
      /应扫 (\d+) 盒/.exec((await page.locator('.hint').allTextContents()).join())?.[1] ?? 1,
    )
    for (let pack = 0; pack < packs; pack += 1) {
      await page.keyboard.type(aTraceCode())
      await page.keyboard.press('Enter')
    }
    await page.getByLabel('结算单签字编号').fill('QM20261122-0007')
    await page.getByLabel('已交代用法和储存').press('Space')
    await page.keyboard.press('F8')
    await page.getByText('已交付。').waitFor()
    t.equal(await walk.stateOf(no), 'dispensed')
    await sound(t, desk, '8-dispensed')
    const { rows } = await deps.pool.query(
      `select distinct actor_id from prescription_event where prescription_no = $1 and actor_kind = 'pharmacy'`,
      [no],
    )
    t.same(rows, [{ actor_id: `person-${pharmacist!.personId}` }], 'the events say which person it was')
    const paper = await page.request.get(
      `${origin}${await page.locator('a', { hasText: '结算单' }).getAttribute('href')}`,
    )
    t.equal(paper.headers()['content-type'], 'application/pdf')
    await page.keyboard.press('F2')
    await page.getByRole('heading', { level: 1, name: '待办处方' }).waitFor()
    t.equal(await page.locator('tbody tr').count(), 1)
    await page.locator('#code:focus').waitFor()
    await walk.chosen()
    await page.locator('tbody tr').nth(1).waitFor()
    t.ok(
      await page.locator('#code:focus').isVisible(),
      'the list came by itself beside the field that waits for a code',
    )
    await page.goto(`${origin}/counter?q=${no}`)
    t.match(
      await page.getByRole('heading', { level: 1 }).textContent(),
      /已交付/,
      'a whole number is found again',
    )
    t.ok(other)
    await desk.context.close()
  })

  await t.test(
    'every step works without scripts, also back: refuse, hand back, reverse, return',
    async (t) => {
      const desk = await openDesk(browser, { javaScriptEnabled: false })
      const { page } = desk
      await enter(page, pharmacist!)
      const open = async (no: string) => page.goto(`${origin}/counter/prescriptions/${no}`)

      const back = await walk.held()
      await open(back.no)
      await page.getByRole('button', { name: '退回处方' }).click()
      t.match(await page.getByRole('alert').textContent(), /原因/, 'a reason is needed')
      await page.getByLabel('退回原因').selectOption('out-of-stock')
      await page.getByRole('button', { name: '退回处方' }).click()
      t.match(await page.locator('[role=status]').first().textContent(), /已退回/)
      t.equal(await walk.stateOf(back.no), 'chosen')

      const refused = await walk.held()
      await open(refused.no)
      await page.getByLabel('审方意见').fill('剂量超出说明书')
      await page.getByLabel('不通过原因').selectOption('dose-unsafe')
      await page.getByRole('button', { name: '审方不通过' }).click()
      t.equal(await walk.stateOf(refused.no), 'refused')

      const reversed = await walk.settled()
      await open(reversed.no)
      await page.getByText('不交付了').click()
      await page.getByLabel('冲正原因').selectOption('patient-declined')
      await page.getByRole('button', { name: '冲正结算' }).click()
      t.equal(await walk.stateOf(reversed.no), 'reviewed')
      await page.getByLabel(/^数量/).fill('9999')
      await page.getByRole('button', { name: '申请结算' }).click()
      t.ok(await page.getByRole('alert').isVisible())
      t.equal(await page.getByLabel(/^数量/).inputValue(), '9999', 'what was typed stays')

      const returned = await walk.dispensed()
      await open(returned.no)
      await page.getByText('退药', { exact: true }).click()
      await page.getByLabel('退回', { exact: true }).check()
      await page.getByLabel('退药原因').selectOption('quality-defect')
      await page.getByRole('button', { name: '办理退药' }).click()
      t.equal(await walk.stateOf(returned.no), 'returned')
      await desk.context.close()
    },
  )

  await t.test(
    'two at one counter: the second form changes nothing and says so; a clerk does not review',
    async (t) => {
      const { no } = await walk.chosen()
      const [one, two] = await Promise.all([openDesk(browser), openDesk(browser)])
      await enter(one.page, pharmacist!)
      await enter(two.page, clerk!)
      for (const { page } of [one, two]) await page.goto(`${origin}/counter/prescriptions/${no}`)
      await one.page.getByRole('button', { name: /^接单/ }).click()
      await one.page.getByText('已接单').waitFor()
      await two.page.getByRole('button', { name: /^接单/ }).click()
      t.match(await two.page.locator('main').textContent(), /须由执业药师登录办理/, 'both see the same hold')
      await one.page.getByLabel('退回原因').selectOption('patient-left')
      await one.page.getByRole('button', { name: '退回处方' }).click()
      await two.page.getByRole('button', { name: '续锁' }).click()
      t.match(await two.page.getByRole('alert').textContent(), /./)
      t.equal(await walk.stateOf(no), 'chosen')
      await Promise.all([one.context.close(), two.context.close()])
    },
  )

  await t.test('MZ-7.3 refunds, the books of stock, and the month with its objections', async (t) => {
    const desk = await openDesk(browser)
    const { page } = desk
    await enter(page, pharmacist!)
    await page.getByRole('link', { name: '退费' }).click()
    await sound(t, desk, '9-refunds')
    await page.getByLabel('退款凭证号').first().fill('TILL-31')
    await page.getByRole('button', { name: '已退款' }).first().click()
    await page.getByText('已记录退款').waitFor()

    await page.getByRole('link', { name: '库存' }).click()
    const { drugCode } = world.cast.publicPriceDrug
    const header = '类型\t流水号\t日期\t药品编码\t数量\t单价（分）'
    const line = (reference: string, code: string) => `库存\t${reference}\t2026-11-22\t${code}\t40\t6300`
    const field = page.getByLabel('明细')
    await field.fill(`${header}\n${line('A-1', drugCode)}\n${line('A-2', 'X'.repeat(23))}`)
    await page.keyboard.press('F8')
    t.match(await page.getByRole('alert').textContent(), /第 3 行 药品编码：药品目录中没有此编码/)
    await sound(t, desk, '10-stock-faults')
    await field.fill(`什么\n1`)
    await page.keyboard.press('F8')
    await page.getByRole('alert').getByText('表头：类型、流水号、日期、药品编码').waitFor()
    await field.fill(`${header}\n${line('A-1', drugCode)}`)
    await page.getByRole('button', { name: '只检查' }).click()
    await page.getByText('1 行全部正确').waitFor()
    await page.keyboard.press('F8')
    await page.getByText('库存文件已接收').waitFor()
    await sound(t, desk, '11-stock')

    const agency = hub.agency()
    const month = '2026-11'
    // Enough to exceed the deductible, so that the fund owes the pharmacy something.
    await walk.dispensed({ quantity: 400 })
    hub.now = new Date('2026-12-02T02:00:00Z')
    const { regionCode } = world
    const { institutionId } = hub.pharmacy()
    await closeMonth(deps, agency, aWrite(agency), month)
    await computeMonth(deps, { regionCode, month })
    await sendStatement(deps, aWrite(agency), { caller: agency, month, institutionId })
    await page.getByRole('link', { name: '对账' }).click()
    await sound(t, desk, '12-months')
    await page.getByRole('link', { name: month }).click()
    await sound(t, desk, '13-month')
    await page.getByRole('combobox', { name: '明细' }).selectOption({ index: 1 })
    await page.getByLabel('说明').fill('数量与小票不符')
    await page.getByRole('button', { name: '提出异议' }).click()
    await page.getByText('异议已提交').waitFor()
    t.match(await page.getByRole('heading', { level: 1 }).textContent(), /有异议/)
    t.match(await page.getByRole('region', { name: '异议', exact: true }).textContent(), /数量与小票不符/)
    await sound(t, desk, '14-disputed')

    await page.goto(`${origin}/design`)
    await sound(t, desk, '15-design')
    await page.goto(`${origin}/`)
    await sound(t, desk, '16-home')
    await page.goto(`${origin}/staff/people`)
    await sound(t, desk, '17-people')
    const { rows } = await deps.pool.query(
      "select prescription_no from prescription_state where state = 'dispensed'",
    )
    const no: string = rows[0].prescription_no
    t.equal((await page.goto(`${origin}/office?q=${no}`))?.status(), 403, 'a pharmacist is no officer')
    await page.goto(`${origin}/work`)
    await page.getByRole('button', { name: '退出' }).click()
    await page.goto(`${origin}/counter`)
    await sound(t, desk, '18-sign-in')
    await page.goto(`${origin}/staff/samples/${officer!.personId}`)
    await page.getByRole('button', { name: '进入' }).click()
    await page.getByLabel('处方编号').fill(no)
    await page.keyboard.press('Enter')
    await page.getByText('记录完整').waitFor()
    t.match(await page.getByRole('region', { name: '经过' }).textContent(), /开具并上传处方[\s\S]*交付药品/)
    const told = await page.getByRole('region', { name: '经过' }).locator('td:nth-child(2)').allTextContents()
    t.ok(told.length > 0)
    t.same(
      told.filter((words) => /[a-z]/.test(words)),
      [],
      'every event has its words',
    )
    await sound(t, desk, '19-trace')
    await page.goto(`${origin}/office?q=${'9'.repeat(22)}`)
    t.ok(await page.getByRole('alert').isVisible())
    await sound(t, desk, '20-trace-unknown')
    await desk.context.close()
  })
})
