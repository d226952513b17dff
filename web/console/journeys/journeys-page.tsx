import { Page } from '../frame/page.tsx'

export function JourneysPage() {
  return <Page title="Journeys" />
}
