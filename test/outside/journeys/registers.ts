import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../description.ts'
import { dayOf, type Place } from '../place.ts'

/** The agency keeps its registers: one entry of each, read back as it was sent, and one of them ended. */
export async function agencyRegisters(place: Place): Promise<void> {
  const { world, agency, code, cast } = place
  const today = dayOf(await world.now())
  const number = place.number()
  const institutionId = `H${code}9${String(number).padStart(4, '0')}`
  const practitionerId = `D${code}99${String(number).padStart(4, '0')}`
  const personId = `OUT${code}${String(number).padStart(8, '0')}`
  const drugCode = `XN07XXD130E0020199${String(number).padStart(5, '0')}`
  const entries: Record<string, Json> = {
    institution: {
      institutionId,
      kind: 'hospital',
      name: '样例外来医院·Ⅱ㐂𠮷',
      level: 'secondary',
      ownership: 'public',
      countyCode: cast.hospital.countyCode,
      address: '样例路 1 号',
      phone: '0753-0000000',
    },
    designation: { institutionId, kind: 'dual-channel', agreementNo: 'XY-1', basis: 'by-right' },
    practitioner: {
      practitionerId,
      kind: 'physician',
      name: '样例买买提·吐尔逊',
      title: 'chief',
      licenceNo: 'ZY-1',
      licenceValidTo: '2039-12-31',
    },
    filing: {
      practitionerId,
      institutionId,
      role: 'responsible-physician',
      diseases: ['I63'],
      publishedOn: today,
    },
    certificate: {
      fingerprint: String(number).padStart(64, '0'),
      purpose: 'physician',
      practitionerId,
      institutionId,
    },
    drug: {
      drugCode,
      genericName: '样例药',
      form: '软胶囊',
      specification: '0.1g',
      unit: '粒',
      medicineClass: 'B',
      negotiated: true,
      atcClass: 'N07XX',
      ingredient: '样例药',
    },
    'payment-standard': { drugCode, fen: 230, confidential: false, basis: 'negotiated' },
    'drug-list': { listId: 'dual-channel', drugCode, agreementEnd: '2039-12-31' },
    person: {
      personId,
      name: '样例参保人',
      idNumber: `99${code}19600101${String(number).padStart(4, '0')}`,
      phone: '10000000000',
      birthDate: '1960-01-01',
      sex: 'female',
      scheme: 'resident',
      standing: 'active',
      assistance: 'none',
      insuredRegion: code,
      countyCode: cast.hospital.countyCode,
    },
    qualification: { personId, kind: 'drug', drugCodes: [drugCode] },
    sanction: {
      subject: 'institution',
      subjectId: institutionId,
      kind: 'suspension',
      reason: '样例：暂停协议',
    },
    'other-benefit': {
      personId,
      benefit: 'chronic-disease',
      name: { zh: '门诊特慢病统筹', en: 'Outpatient chronic-disease benefit' },
      state: 'available',
      ratioBp: 7_000,
      maximumFen: 300_000,
    },
    diagnosis: { code: `I63.9x${number}`, name: '样例脑梗死' },
  }
  const operations: Record<string, string> = {
    institution: 'addInstitutionEntry',
    designation: 'addDesignationEntry',
    practitioner: 'addPractitionerEntry',
    filing: 'addFilingEntry',
    certificate: 'addCertificateEntry',
    drug: 'addDrugEntry',
    'payment-standard': 'addPaymentStandardEntry',
    'drug-list': 'addDrugListEntry',
    person: 'addPersonEntry',
    qualification: 'addQualificationEntry',
    sanction: 'addSanctionEntry',
    'other-benefit': 'addOtherBenefitEntry',
    diagnosis: 'addDiagnosisEntry',
  }
  let ended: { register: string; key: string } | undefined
  for (const [register, data] of Object.entries(entries)) {
    const operation = operations[register]!
    const body = { validFrom: today, reason: '经办机构书面决定', data }
    await world.refused(
      agency,
      operation,
      { body: { ...body, data: { ...data, undeclared: 1 } } },
      'malformed',
    )
    const added = await world.ok(agency, operation, { body })
    const key: string = added.body.key
    const read = await world.ok(agency, 'readRegister', { path: { register }, query: { key } })
    const found = read.body.items.find((it: Json) => it.key === key)
    for (const [name, value] of Object.entries(data)) {
      if (!isDeepStrictEqual(found?.data?.[name], value))
        throw new Error(`${register}: ${name} was sent as ${value} and reads ${found?.data?.[name]}`)
    }
    if (register === 'other-benefit') ended = { register, key }
  }
  await world.refused(agency, 'readRegister', { path: { register: 'nothing' } }, 'malformed')
  const body = { lastDay: today, reason: '到期' }
  await world.ok(agency, 'endRegisterEntry', { path: ended!, body })
  await world.refused(
    agency,
    'endRegisterEntry',
    { path: { ...ended!, key: 'nothing' }, body },
    'entry-unknown',
  )
}

/** A register goes out as a table and comes in again; a faulty line is told, listed and mended. */
export async function registersAsTables(place: Place): Promise<void> {
  const { world, agency } = place
  const path = { register: 'drug' }
  const type = 'text/csv'
  const { text } = await world.ok(agency, 'exportRegister', { path })
  await world.refused(agency, 'exportRegister', { path, query: { on: '2026-02-30' } }, 'malformed')
  const query = { reason: '样例批量导入' }
  const again = { path, query, raw: Buffer.from(text), type }
  const { body } = await world.ok(agency, 'importRegister', again)
  if (body.unchanged !== body.lines || body.lines === 0)
    throw new Error('an export does not come in as it went out')
  const [header, first] = text.trim().split('\r\n') as [string, string]
  const wrong = `${header}\r\n${first}\r\n${first.replace(/^[^,]+/, '8.1E+19')}\r\n`
  const faulty = { path, raw: Buffer.from(wrong), type }
  await world.refused(agency, 'importRegister', { ...faulty, query }, 'upload-faulty')
  const list = await world.ok(agency, 'listRegisterCorrections', faulty)
  if (!list.text.includes('fault_line')) throw new Error('the faulty line is not listed')
  await world.refused(
    agency,
    'listRegisterCorrections',
    { ...faulty, query: { validFrom: 'x' } },
    'malformed',
  )
  await world.ok(agency, 'importRegister', { ...faulty, query: { ...query, take: 'good-lines' } })
}
