import { addDays, dayOf, formatInstant, startOfDay } from '../../domain/primitives/civil-day.ts'

/** An exclusive end as people say it: the midnight after the 24th is `11月24日 24:00`. */
export function endWords(end: Date): string {
  const day = dayOf(end)
  if (startOfDay(day).getTime() === end.getTime()) return `${dayWords(addDays(day, -1))} 24:00`
  return `${dayWords(day)} ${formatInstant(end).slice(11)}`
}

/** `11月24日` */
export function dayWords(day: string): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
}

/** `2026-11-24 09:30` in Shanghai. */
export function momentWords(at: Date): string {
  return formatInstant(at)
}

/** `11-24 09:30` in Shanghai. */
export function shortMoment(at: Date): string {
  return formatInstant(at).slice(5)
}

/** What is left until an end, in the two units that matter: `2 天 14 小时`, `5 小时 20 分钟`, `9 分钟`. */
export function leftWords(end: Date, now: Date): string {
  const minutes = Math.floor((end.getTime() - now.getTime()) / 60_000)
  if (minutes < 1) return '不到 1 分钟'
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  if (days > 0) return hours > 0 ? `${days} 天 ${hours} 小时` : `${days} 天`
  if (hours > 0) return minutes % 60 > 0 ? `${hours} 小时 ${minutes % 60} 分钟` : `${hours} 小时`
  return `${minutes} 分钟`
}

/** `850 米`, `2.3 公里`, `38 公里`. */
export function distanceWords(metres: number): string {
  if (metres < 995) return `${Math.max(10, Math.round(metres / 10) * 10)} 米`
  const km = metres / 1000
  return km < 10 ? `${km.toFixed(1)} 公里` : `${Math.round(km)} 公里`
}
