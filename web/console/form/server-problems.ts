import * as z from 'zod/mini'
import { ApiError } from '../../api/request.ts'
import type { Problems } from './problems.ts'

const detailSchema = z.record(z.string(), z.string())
const nothing: Problems = new Map()

/** Problems that the server found, by path, from the detail of its 400 response. */
export function serverProblems(error: Error | null): Problems {
  if (!(error instanceof ApiError) || error.code !== 400) return nothing
  const detail = z.safeParse(detailSchema, error.detail)
  return detail.success ? new Map(Object.entries(detail.data)) : nothing
}
