import { check } from './check.ts'
import { team } from './team.ts'

export const ar = { ...check, ...team }
