import { Page } from '../frame/page.tsx'

export function CustomNodesPage() {
  return <Page title="Custom nodes" />
}
