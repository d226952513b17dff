import { Link, type LinkProps } from '@tanstack/react-router'

type Props = { realm: string; name: string; list: NonNullable<LinkProps['to']>; back: string }

/** The name of a thing, and the way back to its list. */
export function ThingHead({ realm, name, list, back }: Props) {
  return (
    <>
      <h2 className="heading-2 breaks">
        <bdi>{name}</bdi>
      </h2>
      <Link to={list} search={{ realm }}>
        {back}
      </Link>
    </>
  )
}
