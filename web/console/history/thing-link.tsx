import { Link } from '@tanstack/react-router'
import type { Version } from '../../api/versions.ts'

/** A link to the page of a thing. Custom nodes are only in a list, because their pages have other ids. */
export function ThingLink({ realm, thing: { kind, id, name } }: { realm: string; thing: Version }) {
  const search = { realm }
  switch (kind) {
    case 'journey':
      return (
        <Link to="/journeys/$name" params={{ name: id }} search={search}>
          <bdi>{name}</bdi>
        </Link>
      )
    case 'script':
      return (
        <Link to="/scripts/$id" params={{ id }} search={search}>
          <bdi>{name}</bdi>
        </Link>
      )
    case 'theme':
      return (
        <Link to="/realm/themes/$id" params={{ id }} search={search}>
          <bdi>{name}</bdi>
        </Link>
      )
    case 'emailTemplate':
      return (
        <Link to="/realm/templates/$name" params={{ name: id }} search={search}>
          <bdi>{name}</bdi>
        </Link>
      )
    case 'customNodeType':
      return (
        <Link to="/custom-nodes" search={search}>
          <bdi>{name}</bdi>
        </Link>
      )
    case 'realmSettings':
      return (
        <Link to="/realm" search={search}>
          Realm settings
        </Link>
      )
  }
}
