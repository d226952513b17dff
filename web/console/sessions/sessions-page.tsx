import { Page } from '../frame/page.tsx'

export function SessionsPage() {
  return <Page title="Sessions" />
}
