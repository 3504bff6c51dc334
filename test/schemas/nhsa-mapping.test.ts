import t from 'tap'
import { NHSA_CODES, NHSA_D001 } from '../../schemas/nhsa-mapping.ts'
import { prescriptionDocument } from '../../schemas/prescription-document.ts'

interface Node {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
  readonly maxLength?: number
  readonly additionalProperties?: boolean
  readonly required?: readonly string[]
}

/** Fields whose real values are shorter than the interface's column. */
const OWN_FORM = new Set(['fixmedinsCode', 'drCode'])

/** The schema at a pointer of the mapping; `*` steps into the elements of an array. */
function at(pointer: string): Node | undefined {
  return pointer
    .split('/')
    .slice(1)
    .reduce<Node | undefined>(
      (node, step) => (step === '*' ? node?.items : node?.properties?.[step]),
      prescriptionDocument as unknown as Node,
    )
}

/** D001 as the interface lists it, written down independently of the mapping. */
const D001 = {
  header: `mdtrtCertType mdtrtCertNo cardSn bizTypeCode rxExraAttrCode ecToken authNo insuPlcNo mdtrtareaNo hospRxno
    initRxno rxTypeCode prscTime rxDrugCnt rxUsedWayCodg rxUsedWayName rxFrquCodg rxFrquName rxDosunt rxDoscnt
    rxDrordDscr valiDays valiEndTime reptFlag maxReptCnt minInrvDays rxCotnFlag longRxFlag rxdrugdetail mdtrtinfo
    diseinfo reptdCnt`,
  rxdrugdetail: `medListCodg fixmedinsHilistId hospPrepFlag rxItemTypeCode rxItemTypeName tcmdrugTypeCode
    tcmdrugTypeName tcmherbFoote mednTypeCode mednTypeName mainMedcFlag urgtFlag basMednFlag impDrugFlag otcFlag
    drugGenname drugDosform drugSpec drugProdname prdrName medcWayCodg medcWayDscr medcBegntime medcEndtime medcDays
    sinDosunt sinDoscnt usedFrquCodg usedFrquName drugDosunt drugCnt drugPric drugSumamt hospApprFlag selfPayRea
    realDscr extras drugTotlcnt drugTotlcntEmp`,
  mdtrtinfo: `fixmedinsName fixmedinsCode mdtrtId medType iptOtpNo otpIptFlag psnNo patnName psnCertType certno patnAge
    patnHgt patnWt gend birctrlType birctrlMatnDate matnType gesoVal nwbFlag nwbAge suckPrdFlag algsHis prscDeptName
    prscDeptCode drCode prscDrName prscDrCertType prscDrCertno drProfttlCodg drProfttlName drDeptCode drDeptName caty
    mdtrtTime diseCodg diseName spDiseFlag maindiagCode maindiagName diseCondDscr hiFeesetlType hiFeesetlName rgstFee
    medfeeSumamt fstdiagFlag extras`,
  diseinfo: `diagType maindiagFlag diagSrtNo diagCode diagName diagDept diagDeptCode diagDrNo diagDrName diagTime
    tcmDiseCode tcmDiseName tcmsympCode tcmsymp`,
}

t.test('D001 every field of the national pre-check is mapped, once, and no other', async (t) => {
  const expected = Object.entries(D001).flatMap(([node, fields]) =>
    fields.split(/\s+/).map((field) => `${node}.${field}`),
  )
  t.same(NHSA_D001.map(({ node, field }) => `${node}.${field}`).sort(), expected.sort())
})

t.test('D001 every field has a property in the document that is long enough', async (t) => {
  for (const { node, field, type, length, pointer } of NHSA_D001) {
    const property = at(pointer)
    t.ok(property, `${node}.${field} -> ${pointer}`)
    if (type === 'S' && property?.maxLength !== undefined && length !== undefined && !OWN_FORM.has(field)) {
      t.ok(
        property.maxLength >= Number(length),
        `${field} needs ${length}, ${pointer} has ${property.maxLength}`,
      )
    }
  }
})

t.test('D001 every converted code is a value that the property allows', async (t) => {
  for (const { field, pointer, codes } of NHSA_D001) {
    if (codes === undefined) continue
    const property = at(pointer)
    for (const value of Object.values(NHSA_CODES[codes])) {
      if (typeof value === 'boolean') t.equal(property?.type, 'boolean', field)
      else t.ok(property?.enum?.includes(value), `${field}: ${value}`)
    }
  }
})

t.test('the document refuses unknown properties at every depth', async (t) => {
  const open: string[] = []
  const walk = (node: Node, path: string) => {
    if (node.properties !== undefined) {
      if (node.additionalProperties !== false) open.push(path)
      for (const [step, child] of Object.entries(node.properties)) walk(child, `${path}/${step}`)
    }
    if (node.items !== undefined) walk(node.items, `${path}/*`)
  }
  walk(prescriptionDocument as unknown as Node, '')
  t.same(open, [])
})
