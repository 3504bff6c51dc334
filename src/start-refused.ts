/** The program cannot start, and the one who starts it can mend that: one sentence that says what is and what to do. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused'
}
