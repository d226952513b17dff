import { Page } from '../frame/page.tsx'

export function RealmPage() {
  return <Page title="Realm" />
}
