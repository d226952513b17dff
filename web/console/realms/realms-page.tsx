import { Page } from '../frame/page.tsx'

export function RealmsPage() {
  return <Page title="Realms" />
}
