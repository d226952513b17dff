import { Page } from '../frame/page.tsx'

export function AuditPage() {
  return <Page title="Audit" />
}
