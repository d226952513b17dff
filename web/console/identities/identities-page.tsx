import { Page } from '../frame/page.tsx'

export function IdentitiesPage() {
  return <Page title="Identities" />
}
