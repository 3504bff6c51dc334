/**
 * The design tokens of every page: colours by what they mean, type in rem so that a reader's own size counts, space in
 * steps of a quarter rem. Light and dark are the same names; text has 7:1 on its ground in both, controls 3:1.
 */
export const TOKENS = `
:root{color-scheme:light dark;
--ink:#10211d;--soft:#41554f;--line:#d5dfdb;--edge:#6c807a;--paper:#fff;--ground:#eef3f1;
--main:#0b5d4c;--deep:#084537;--on-main:#fff;--tint:#e3f1ec;--on-tint:#084537;--faint:#f6fbf9;
--warn:#8a2a12;--warn-tint:#fdeee8;--amber:#6b4700;--amber-tint:#fff4d9;--focus:#d98200;--bar:#0b5d4c;--step:#c3d0cb;
--sans:system-ui,-apple-system,"PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;
--mono:ui-monospace,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;
--small:1rem;--text:1.0625rem;--large:1.25rem;--title:1.55rem;
--s1:.25rem;--s2:.5rem;--s3:.75rem;--s4:1rem;--s6:1.5rem;--round:.6rem}
@media (prefers-color-scheme:dark){:root{
--ink:#e8f1ee;--soft:#b3c4be;--line:#33453f;--edge:#8ba09a;--paper:#172521;--ground:#0d1714;
--main:#7fd6be;--deep:#a5e6d4;--on-main:#06231c;--tint:#1c3a32;--on-tint:#b9efdf;--faint:#1a2d28;
--warn:#ffb59f;--warn-tint:#43201a;--amber:#ffd98a;--amber-tint:#3a2e12;--focus:#ffb74a;--bar:#10302a;--step:#42564f}}
`

/** The names that `/design` shows, in the order in which they stand there. */
export const COLOURS = [
  ['ink', 'paper'],
  ['soft', 'paper'],
  ['main', 'paper'],
  ['on-main', 'main'],
  ['on-tint', 'tint'],
  ['warn', 'warn-tint'],
  ['amber', 'amber-tint'],
  ['ink', 'ground'],
] as const
