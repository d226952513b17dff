import '../../components/sections.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { metadataOf, metadataUrl, samlEntities } from '../../../api/saml.ts'
import { DeleteResource } from '../../resources/delete-resource.tsx'
import { ResourcePage } from '../../resources/resource-page.tsx'
import { samlKinds } from './saml-page.tsx'

const route = getRouteApi('/realm/saml/$id')

/** One entity or circle of trust, to look at and to delete. */
export function SamlEntityPage() {
  const { id } = route.useParams()
  const { realm } = route.useSearch()
  return (
    <ResourcePage of={samlEntities} realm={realm} id={id} noun="SAML entity">
      {({ document: { base64EntityXML, ...settings }, document }) => {
        const name = String(document.entityId ?? document._id)
        const address = metadataUrl(realm, document)
        const metadata = metadataOf(document)
        return (
          <div className="sections">
            <div className="wrap align-baseline justify-between">
              <h2 className="heading-2 breaks">
                <bdi>{name}</bdi> · {samlKinds[id.split('/')[0] ?? '']}
              </h2>
              <Link to="/realm/saml" search={{ realm }}>
                All SAML entities
              </Link>
            </div>
            {address !== undefined && (
              <section aria-label="Metadata">
                <a href={address}>Download the metadata</a>
                {metadata !== undefined && <pre className="code text-small breaks">{metadata}</pre>}
              </section>
            )}
            <section aria-label="Settings">
              <pre className="code text-small breaks" dir="ltr">
                {JSON.stringify(settings, null, 2)}
              </pre>
            </section>
            <section aria-label="Delete">
              <DeleteResource
                of={samlEntities}
                realm={realm}
                id={id}
                noun="SAML entity"
                question={`Delete ${name}? Sign-ins that need it fail.`}
                confirmLabel={`Delete ${name}`}
              />
            </section>
          </div>
        )
      }}
    </ResourcePage>
  )
}
