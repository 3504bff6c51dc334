import { parseArgs } from 'node:util'
import { readConfig } from './config.ts'
import { demoClock } from './demo/demo-clock.ts'
import { shanghai } from './demo/hospital-steps.ts'
import { startHubProcess } from './demo/hub-process.ts'
import { runJourney } from './demo/journey.ts'
import { runNationalJourney } from './demo/national-journey.ts'
import { printer } from './demo/printer.ts'
import { UnexpectedAnswer } from './demo/system-client.ts'
import { loadPolicies } from './policy/load-policies.ts'
import { refuseToStart } from './runtime/run-process.ts'
import { takePort } from './runtime/take-port.ts'
import { StartRefused } from './start-refused.ts'

// Starts a sandbox hub, drives one journey against it as outside clients, and leaves it up to be tried.
const HELP = `npm run demo [-- --exit] [-- --region 500000] [-- --national]
  --exit     end after the journey; the exit code is 0 only if every step succeeded
  --region   region code of a policy file; 441400 (Meizhou) by default
  --national walk over the national interface (D001 to D007, 7201 to 7206, 2101 to 2103) instead of the hub's own`

try {
  const { values } = parseArgs({
    options: {
      exit: { type: 'boolean', default: false },
      region: { type: 'string', default: '441400' },
      national: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${HELP}\n`)
    process.exit(0)
  }
  const config = readConfig({ ...process.env, MODE: 'sandbox' })
  const policies = await loadPolicies(config.policiesDir)
  const known = policies.regions().map(({ region, name }) => `${region} ${name.zh}`)
  if (!known.some((it) => it.startsWith(`${values.region} `))) {
    throw new StartRefused(`There is no policy for region ${values.region}; there are ${known.join(', ')}.`)
  }
  // Without a wish for a certain port, another program on the usual one is no obstacle.
  const port = await takePort(config.host, config.port).catch(async (error: unknown) => {
    if (process.env['PORT']) throw error
    return await takePort(config.host, 0)
  })
  const url = `http://${config.host}:${port}`
  const isTerminal = process.stdout.isTTY === true
  const print = printer((text) => process.stdout.write(text), isTerminal && !process.env['NO_COLOR'])
  const hub = startHubProcess(config.dataDir, url, {
    MODE: 'sandbox',
    ROLE: 'all',
    PORT: String(port),
    PUBLIC_URL: url,
  })
  const clock = demoClock(url)
  // Until every step has succeeded.
  let code = 1
  let isInterrupted = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // For good, not once: npm passes a Ctrl-C on, so it comes twice, and the second must not kill before the hub is told.
    process.on(signal, async () => {
      isInterrupted = true
      // While the hub still listens.
      await clock.putBack().catch(() => {})
      await hub.stop()
      process.exit(code)
    })
  }
  await hub.ready()
  const walkOwnInterface = async () => {
    const { patientLink, month, pharmacyClientId, pharmacistLink, waiting } = await runJourney({
      hubUrl: url,
      regionCode: values.region,
      policies,
      print,
      isTerminal,
      clock,
    })
    print.title('全部步骤成功', 'Every step succeeded')
    print.fact(`接口说明 · API description   ${url}/docs`)
    print.fact(`药师工作台 · Pharmacist      ${pharmacistLink}`)
    print.fact(`患者页面 · Patient's page    ${waiting?.patientLink ?? patientLink}`)
    if (waiting !== undefined) print.fact(`证件后六位 · Second factor   ${waiting.ending}`)
    print.fact(`沙箱角色与密钥 · Sandbox     ${url}/sandbox`)
    print.fact(`沙箱通知 · Notifications     ${url}/sandbox/notifications`)
    print.fact(`监控指标 · Metrics           ${url}/metrics`)
    print.fact(`运行日志 · Log               ${hub.logFile}`)
    print.fact(`时钟已拨回 · Clock set back  ${shanghai((await clock.now()).toISOString())}`)
    print.fact('清算单 · Statement           PDF、XLSX、CSV，平台运行时下载 · to be had while the hub runs:')
    print.plain(`     TOKEN=$(node docs/examples/token.mjs ${url} ${pharmacyClientId})\n`)
    print.plain(
      `     curl -OJ -H "authorization: Bearer $TOKEN" '${url}/pharmacy/clearing/${month}/export/{pdf,xlsx,csv}'\n`,
    )
  }
  try {
    if (values.national) {
      const no = await runNationalJourney({ hubUrl: url, regionCode: values.region, print, clock })
      print.title('全部步骤成功', 'Every step succeeded')
      print.fact(`医保处方编号 · Prescription   ${no}`)
      print.fact(`接口说明 · API description   ${url}/docs`)
    } else await walkOwnInterface()
    code = 0
  } catch (error) {
    const said = error instanceof UnexpectedAnswer ? error.message : ((error as Error).stack ?? String(error))
    if (!isInterrupted)
      process.stderr.write(`\n未成功 · This did not go as it should:\n${said}\n(${hub.logFile})\n`)
  }
  if (values.exit || code !== 0) {
    const hubCode = await hub.stop()
    process.exit(code === 0 ? hubCode : code)
  }
  print.plain('\n平台继续运行，Ctrl-C 结束 · The hub stays up; Ctrl-C ends it\n')
  // Ends by itself only when something is wrong.
  process.exit((await hub.ended) || code)
} catch (error) {
  refuseToStart(error)
}
