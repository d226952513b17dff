import { check } from './check.ts'
import { team } from './team.ts'

export const fr = { ...check, ...team }
