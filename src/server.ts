import { runProcess, tell } from './runtime/run-process.ts'

// The hub as one process; ROLE decides whether it answers requests, works the queues, or both.
const { url, deps } = await runProcess()
tell(`
  处方流转平台已启动 · The hub is running
  接口说明 · API description   ${url}/docs
  就绪检查 · Readiness         ${url}/health/ready`)
if (deps.mode === 'sandbox') {
  tell(`  沙箱角色与密钥 · Sandbox     ${url}/sandbox
  沙箱，数据均为样例 · A sandbox: all data are samples. Ctrl-C ends it.
`)
}
