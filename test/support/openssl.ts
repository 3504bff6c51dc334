import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Scope } from './database.ts'

const execute = promisify(execFile)

export type Kind = 'rsa:1024' | 'rsa:2048' | 'ec:P-256' | 'ec:P-384' | 'ec:P-521' | 'ed25519'

/** A certificate with its key: files in the workshop. */
export interface Holder {
  readonly name: string
  readonly certificate: string
  readonly key: string
  readonly pem: string
}

export interface CertificateOptions {
  readonly issuer?: Holder
  readonly kind?: Kind
  /** Another holder's key instead of a fresh one. */
  readonly key?: string
  /** Lines of an extension section. */
  readonly extensions?: readonly string[]
  readonly digest?: string
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly signatureOptions?: readonly string[]
}

const AUTHORITY = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign']
const SIGNER = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature,nonRepudiation']
const KEY_IDS = ['subjectKeyIdentifier=hash', 'authorityKeyIdentifier=keyid']

const DAY = 86_400_000

/** `YYYYMMDDHHMMSSZ`, as `openssl ca` wants its dates. */
function stamp(at: Date): string {
  return at.toISOString().replace(/[-:T]|\.\d+/g, '')
}

/** Runs the openssl program. Without it the tests fail: nothing else can stand in for it. */
export async function openssl(...args: string[]): Promise<string> {
  try {
    return (await execute('openssl', args, { encoding: 'utf8' })).stdout
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new Error('the program openssl is not installed; the signature tests need it')
    }
    throw error
  }
}

/** A temporary folder in which OpenSSL's own command line makes authorities, certificates, lists and signatures. */
export class Workshop {
  readonly folder: string
  #count = 0

  private constructor(folder: string) {
    this.folder = folder
  }

  static async open(t: Scope): Promise<Workshop> {
    const folder = await mkdtemp(join(tmpdir(), 'hub-openssl-'))
    t.teardown(() => rm(folder, { recursive: true, force: true }))
    const workshop = new Workshop(folder)
    await workshop.#configure()
    return workshop
  }

  async #configure(): Promise<void> {
    const lines = [
      '[ca]',
      'default_ca = any',
      '[any]',
      `database = ${join(this.folder, 'unused.txt')}`,
      `new_certs_dir = ${this.folder}`,
      'rand_serial = yes',
      'unique_subject = no',
      'policy = names',
      'default_md = sha256',
      '[names]',
      'countryName = optional',
      'organizationName = optional',
      'commonName = supplied',
    ]
    await writeFile(join(this.folder, 'ca.cnf'), lines.join('\n'))
  }

  #numberFile(database: string): string {
    return `${database}.number`
  }

  #file(suffix: string): string {
    this.#count += 1
    return join(this.folder, `${this.#count}-${suffix}`)
  }

  /** `openssl ca` with a register of its own, so that several can run at once. */
  async #ca(database: string, args: string[], extra: readonly string[] = []): Promise<void> {
    const config = this.#file('ca.cnf')
    const base = await readFile(join(this.folder, 'ca.cnf'), 'utf8')
    const [settings = '', ...sections] = extra.join('\n').split(/^(?=\[)/m)
    const isSetting = settings !== '' && !settings.startsWith('[')
    const own = isSetting ? `${settings}\n` : ''
    const after = isSetting ? sections : [settings, ...sections]
    await writeFile(
      config,
      `${base.replace(join(this.folder, 'unused.txt'), database).replace('[names]', `${own}[names]`)}\n${after.join('')}\n`,
    )
    await openssl('ca', '-batch', '-config', config, ...args)
  }

  async newKey(kind: Kind): Promise<string> {
    const file = this.#file('key.pem')
    const [algorithm, detail] = kind.split(':') as [string, string | undefined]
    const options: Record<string, string[]> = {
      rsa: ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${detail}`],
      ec: ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${detail}`],
      ed25519: ['-algorithm', 'ED25519'],
    }
    await openssl('genpkey', ...options[algorithm]!, '-out', file)
    return file
  }

  /** A certificate; without an issuer it signs itself. Default P-256, SHA-256, from yesterday for a year. */
  async certificate(name: string, options: CertificateOptions = {}): Promise<Holder> {
    const key = options.key ?? (await this.newKey(options.kind ?? 'ec:P-256'))
    const request = this.#file('request.pem')
    const certificate = this.#file('certificate.pem')
    const extensions = this.#file('extensions.cnf')
    const database = this.#file('database.txt')
    await writeFile(database, '')
    const lines = options.extensions ?? [...SIGNER, ...KEY_IDS]
    await writeFile(extensions, ['[e]', ...lines].join('\n'))
    await openssl('req', '-new', '-utf8', '-key', key, '-subj', `/C=CN/CN=${name}`, '-out', request)
    await this.#ca(database, [
      '-notext',
      '-in',
      request,
      '-out',
      certificate,
      '-md',
      options.digest ?? 'sha256',
      '-startdate',
      stamp(options.notBefore ?? new Date(Date.now() - DAY)),
      '-enddate',
      stamp(options.notAfter ?? new Date(Date.now() + 365 * DAY)),
      '-extfile',
      extensions,
      '-extensions',
      'e',
      ...(options.issuer === undefined
        ? ['-selfsign', '-keyfile', key]
        : ['-cert', options.issuer.certificate, '-keyfile', options.issuer.key]),
      ...(options.signatureOptions ?? []).flatMap((each) => ['-sigopt', each]),
    ])
    return { name, certificate, key, pem: await readFile(certificate, 'utf8') }
  }

  /** A certificate that may issue others. @param extra further lines of extensions, or a replacement */
  authority(name: string, options: CertificateOptions = {}): Promise<Holder> {
    return this.certificate(name, { extensions: [...AUTHORITY, ...KEY_IDS], ...options })
  }

  /** A revocation list. @param reason `keyCompromise`, `cessationOfOperation`… */
  async revocationList(
    issuer: Holder,
    options: {
      revoked?: readonly { holder: Holder; reason?: string }[]
      thisUpdate?: Date
      nextUpdate?: Date
      /** Lines of a section of extensions, and sections after it. */
      extensions?: readonly string[]
      number?: number
    } = {},
  ): Promise<string> {
    const database = this.#file('database.txt')
    const list = this.#file('list.pem')
    await writeFile(database, '')
    const by = ['-cert', issuer.certificate, '-keyfile', issuer.key]
    for (const { holder, reason } of options.revoked ?? []) {
      await this.#ca(database, [
        ...by,
        '-revoke',
        holder.certificate,
        ...(reason === undefined ? [] : ['-crl_reason', reason]),
      ])
    }
    if (options.number !== undefined) {
      await writeFile(this.#numberFile(database), `0${options.number}`.slice(-2))
    }
    await this.#ca(
      database,
      [
        ...by,
        '-gencrl',
        ...(options.extensions === undefined ? [] : ['-crlexts', 'lists']),
        '-out',
        list,
        '-crl_lastupdate',
        stamp(options.thisUpdate ?? new Date(Date.now() - 3_600_000)),
        '-crl_nextupdate',
        stamp(options.nextUpdate ?? new Date(Date.now() + 7 * DAY)),
      ],
      [
        ...(options.number === undefined ? [] : [`crlnumber = ${this.#numberFile(database)}`]),
        ...(options.extensions === undefined ? [] : ['[lists]', ...options.extensions]),
      ],
    )
    return await readFile(list, 'utf8')
  }

  /**
   * `openssl cms -sign -binary -outform DER`, detached.
   *
   * @param signers each with options that follow its key: `-keyopt rsa_padding_mode:pss`
   * @param flags further options: `-noattr`, `-md sha384`, `-keyid`, `-certfile` of `chain`…
   */
  async sign(
    document: Buffer,
    signers: readonly (Holder | { readonly holder: Holder; readonly options: readonly string[] })[],
    chain: readonly Holder[] = [],
    flags: readonly string[] = [],
  ): Promise<Buffer> {
    const input = this.#file('document.bin')
    const output = this.#file('signature.der')
    await writeFile(input, document)
    const args = ['cms', '-sign', '-binary', '-outform', 'DER', '-in', input, '-out', output, ...flags]
    for (const signer of signers) {
      const { holder, options } = 'holder' in signer ? signer : { holder: signer, options: [] }
      args.push('-signer', holder.certificate, '-inkey', holder.key, ...options)
    }
    if (chain.length > 0) {
      const bundle = this.#file('chain.pem')
      await writeFile(bundle, chain.map((each) => each.pem).join(''))
      args.push('-certfile', bundle)
    }
    await openssl(...args)
    return await readFile(output)
  }

  /** Writes a file into the workshop. @returns its path */
  async put(name: string, bytes: Buffer | string): Promise<string> {
    const file = this.#file(name)
    await writeFile(file, bytes)
    return file
  }
}
