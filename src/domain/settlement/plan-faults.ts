import { decisionFault } from '../rules/founded.ts'
import {
  type Figure,
  figuresOf,
  PART_NAMES,
  PART_PARAMETERS,
  type PlanPart,
  type SettlementPlan,
} from './plan.ts'

/** Something wrong in a plan, and where: a JSON pointer within the `settlement:` block. */
export interface PlanFault {
  readonly path: string
  readonly message: string
}

/** A part that makes no sense without another. */
const NEEDS: readonly (readonly [PlanPart['part'], PlanPart['part']])[] = [
  ['deductible', 'ratio'],
  ['yearly-maximum', 'ratio'],
  ['large-amount', 'yearly-maximum'],
  ['capitation', 'ratio'],
]

/**
 * Finds what the JSON Schema of a plan cannot say: order and repetition of parts, parts that need another,
 * unknown or missing parameters, figures that can never be chosen, bands out of order, values without status.
 *
 * @param plan of the right shape (`settlementPlanSchema`)
 * @returns all faults; empty when the plan can be used
 */
export function planFaults(plan: SettlementPlan): PlanFault[] {
  const faults: PlanFault[] = []
  let last = -1
  plan.parts.forEach((part, index) => {
    const path = `/parts/${index}`
    const rank = PART_NAMES.indexOf(part.part)
    if (rank < 0) {
      faults.push({ path: `${path}/part`, message: `unknown part ${part.part}` })
      return
    }
    if (rank === last) faults.push({ path: `${path}/part`, message: `${part.part} stands twice` })
    else if (rank < last) {
      faults.push({ path: `${path}/part`, message: `${part.part} must stand before ${PART_NAMES[last]}` })
    }
    last = Math.max(last, rank)
    faults.push(...parameterFaults(part, path))
  })
  const names = plan.parts.map((part) => part.part)
  for (const [name, other] of NEEDS) {
    const index = names.indexOf(name)
    if (index >= 0 && !names.includes(other)) {
      faults.push({ path: `/parts/${index}/part`, message: `${name} needs the part ${other}` })
    }
  }
  if (!names.includes('ratio')) faults.push({ path: '/parts', message: 'a plan needs the part ratio' })
  return faults
}

function parameterFaults(part: PlanPart, path: string): PlanFault[] {
  const faults: PlanFault[] = []
  const known = PART_PARAMETERS[part.part]
  for (const name of Object.keys(part.parameters ?? {})) {
    if (known[name] === undefined) {
      faults.push({ path: `${path}/parameters/${name}`, message: `${part.part} has no parameter ${name}` })
    }
  }
  for (const [name, { required }] of Object.entries(known)) {
    const at = `${path}/parameters/${name}`
    const figures = figuresOf(part, name)
    if (required && figures.length === 0) faults.push({ path: at, message: 'a figure is missing' })
    figures.forEach((figure, index) => {
      const here = Array.isArray(part.parameters?.[name]) ? `${at}/${index}` : at
      faults.push(...figureFaults(figure, here))
      if (figure.when === undefined && index < figures.length - 1) {
        faults.push({ path: here, message: 'the figures after this one can never be chosen' })
      }
    })
  }
  return faults
}

function figureFaults(figure: Figure, path: string): PlanFault[] {
  const faults: PlanFault[] = []
  const empty = figure.value === undefined || figure.value === null
  if (empty !== (figure.status === 'unset')) {
    faults.push({ path, message: 'a figure has a value exactly when its status is not unset' })
  }
  if (figure.status === 'cited' && figure.article === undefined) {
    faults.push({ path: `${path}/article`, message: 'a cited figure names its article' })
  }
  const undecided = decisionFault(figure)
  if (undecided !== undefined) faults.push({ path, message: undecided })
  if (figure.status === 'sample' && figure.note === undefined) {
    faults.push({ path, message: 'a sample says in a note why it is one' })
  }
  const bands = Array.isArray(figure.value) ? figure.value.filter((item) => typeof item === 'object') : []
  let before = -1
  bands.forEach((band, index) => {
    if (index === 0 ? band.overFen !== 0 : band.overFen <= before) {
      faults.push({ path: `${path}/value/${index}`, message: 'bands start at 0 and ascend' })
    }
    before = band.overFen
  })
  return faults
}
