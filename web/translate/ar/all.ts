import { check } from './check.ts'
import { frame } from './frame.ts'
import { leads } from './leads.ts'
import { team } from './team.ts'
import { truth } from './truth.ts'

export const ar = { ...check, ...frame, ...team, ...leads, ...truth }
