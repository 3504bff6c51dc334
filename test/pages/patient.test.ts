import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { pickupCode } from '../../src/usecases/secrets.ts'
import { browserPath, openPhone, pathOf, patientSite } from './patient-page.ts'

const chromium = browserPath()
/** Where pictures of the pages go; none are made without it. */
const pictures = process.env['SCREENSHOTS']
if (pictures !== undefined && !existsSync(pictures)) mkdirSync(pictures, { recursive: true })

t.test(
  'MZ-6.4 a patient opens the link on a phone, proves who it is, chooses, changes, and sees the code',
  { skip: chromium === undefined ? 'no Chromium: set CHROMIUM_PATH' : false, timeout: 90_000 },
  async (t) => {
    const { app, hub, walk } = await patientSite(t)
    const { cast } = hub.world
    const { no, receipt, content } = await walk.submitted({
      drugs: [cast.publicPriceDrug, cast.confidentialDrug],
    })
    const origin = await app.listen({ port: 0, host: '127.0.0.1' })
    const phone = await openPhone(t, chromium!)
    const page = await phone.newPage()
    const faults: string[] = []
    page.on('console', (message) => faults.push(message.text()))
    page.on('requestfailed', (request) => faults.push(request.url()))
    const asked = new Set<string>()
    page.on('request', (request) => asked.add(new URL(request.url()).origin))
    const picture = async (name: string) => {
      if (pictures !== undefined)
        await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
    }
    const ending = content.patient.idNumber.slice(-6)

    await page.goto(origin + pathOf(receipt))
    await picture('1-gate')
    t.notMatch(await page.content(), cast.publicPriceDrug.genericName)
    await page.getByLabel('后六位').fill(ending === '000000' ? '000001' : '000000')
    await page.getByRole('button', { name: '查看处方' }).click()
    await picture('2-wrong')
    t.match(await page.getByRole('alert').textContent(), /还可以尝试 4 次/)

    await page.getByLabel('后六位').fill(ending.toLowerCase())
    await page.getByRole('button', { name: '查看处方' }).click()
    t.match(await page.getByRole('heading', { level: 1 }).textContent(), /待选药店/)
    t.match(await page.locator('.medicines').textContent(), cast.publicPriceDrug.genericName)
    t.match(await page.locator('.times').textContent(), /至 11月24日 24:00/)
    await picture('3-choose')

    const choices = page.locator('.pharmacy', { has: page.getByRole('button') })
    const second = choices.filter({ hasText: cast.secondPharmacy.name })
    await second.getByRole('button').click()
    t.match(await page.getByRole('heading', { level: 1 }).textContent(), /已选药店/)
    const firstCode = (await page.locator('.digits code').textContent()) ?? ''
    await picture('4-chosen')

    await page.getByText('更换药店', { exact: true }).click()
    await picture('5-change')
    await choices.filter({ hasText: cast.designatedPharmacy.name }).getByRole('button').click()
    t.match(await page.locator('.pickup').textContent(), cast.designatedPharmacy.name)
    const secondCode = ((await page.locator('.digits code').textContent()) ?? '').replaceAll(' ', '')
    t.not(secondCode, firstCode.replaceAll(' ', ''), 'the earlier code is void')
    t.equal(secondCode, pickupCode(hub.deps.linkKey, no, 3))
    t.ok(await page.getByRole('img', { name: '取药码二维码' }).isVisible())
    await picture('6-changed')

    await page.getByText('谁处理过这张处方').click()
    t.equal(await page.locator('.log li').count(), 5, 'the visit and the wrong try too')
    const width = await page.locator('html').evaluate((root) => [root.scrollWidth, root.clientWidth])
    t.equal(width[0], width[1], 'nothing is wider than the phone')
    for (const button of await page.locator('.button:visible, summary:visible').all()) {
      const box = await button.boundingBox()
      t.ok(box !== null && box.height >= 44, 'a finger finds it')
    }
    await picture('7-log')
    await page.getByRole('button', { name: '安全退出' }).click()
    t.match(await page.getByRole('heading', { level: 1 }).textContent(), /查看您的电子处方/)
    t.same(faults, [], 'the content security policy stops nothing that the page needs')
    t.same([...asked], [origin], 'nothing is loaded from elsewhere')
  },
)
