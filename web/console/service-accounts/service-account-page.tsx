import '../components/sections.css'
import './service-accounts.css'
import { useParams, useSearch } from '@tanstack/react-router'
import { serviceAccounts } from '../../api/service-accounts.ts'
import { ResourcePage } from '../resources/resource-page.tsx'
import { ServiceAccountEditor } from './service-account-editor.tsx'

export function ServiceAccountPage() {
  const { id } = useParams({ from: '/service-accounts/$id' })
  const { realm } = useSearch({ from: '__root__' })
  return (
    <ResourcePage of={serviceAccounts} realm={realm} id={id} noun="service account" isPage>
      {(stored) => <ServiceAccountEditor key={id} realm={realm} stored={stored} />}
    </ResourcePage>
  )
}
