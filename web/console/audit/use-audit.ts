import { useInfiniteQuery } from '@tanstack/react-query'
import { type AuditFilter, type AuditPage, listAudit } from '../../api/audit.ts'

/** The audit entries that fit, newest first. Read when asked for: what one is looking at stays where it is. */
export function useAudit(realm: string, filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', realm, filter],
    queryFn: ({ pageParam, signal }) => listAudit(realm, filter, { cookie: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cookie }: AuditPage) => cookie,
    refetchOnWindowFocus: false,
  })
}

export type AuditList = ReturnType<typeof useAudit>
