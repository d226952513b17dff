import { Page } from '../frame/page.tsx'

export function ScriptsPage() {
  return <Page title="Scripts" />
}
