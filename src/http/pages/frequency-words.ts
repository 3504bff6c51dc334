const FREQUENCY_WORDS: Readonly<Record<string, string>> = {
  qd: '每天 1 次',
  bid: '每天 2 次',
  tid: '每天 3 次',
  qid: '每天 4 次',
  qod: '隔天 1 次',
  qw: '每周 1 次',
  biw: '每周 2 次',
  tiw: '每周 3 次',
  q2w: '每 2 周 1 次',
  q3w: '每 3 周 1 次',
  q4w: '每 4 周 1 次',
  qn: '每晚 1 次',
  qm: '每天早上 1 次',
  q4h: '每 4 小时 1 次',
  q6h: '每 6 小时 1 次',
  q8h: '每 8 小时 1 次',
  q12h: '每 12 小时 1 次',
  prn: '需要时',
  st: '立即 1 次',
}

/** A frequency as a person reads it; what the hospital wrote, when it is not one of the usual abbreviations. */
export function frequencyWords(name: string): string {
  return FREQUENCY_WORDS[name.trim().toLowerCase().replace(/\.$/, '')] ?? name
}
