import '../components/sections.css'
import './applications.css'
import { useParams, useSearch } from '@tanstack/react-router'
import { applications } from '../../api/applications.ts'
import { ResourcePage } from '../resources/resource-page.tsx'
import { ApplicationEditor } from './application-editor.tsx'

export function ApplicationPage() {
  const { id } = useParams({ from: '/applications/$id' })
  const { realm } = useSearch({ from: '__root__' })
  return (
    <ResourcePage of={applications} realm={realm} id={id} noun="application" isPage>
      {(stored) => <ApplicationEditor key={`${realm} ${id}`} realm={realm} stored={stored} />}
    </ResourcePage>
  )
}
