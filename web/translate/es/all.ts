import { check } from './check.ts'
import { team } from './team.ts'

export const es = { ...check, ...team }
