import { runProcess } from './runtime/run-process.ts'

// Works the queues; answers only for health and metrics.
await runProcess('worker')
