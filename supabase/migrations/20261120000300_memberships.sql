-- Who may see a business. Membership is looked up at every request, so that removing it works at once;
-- nothing about tenants is kept in the token.

create table public.memberships (
    business_id uuid not null references public.businesses on delete cascade,
    user_id uuid not null references auth.users on delete cascade,
    role text not null,
    created_at timestamptz not null default now(),
    primary key (business_id, user_id),
    constraint memberships_role_is_known check (role in ('owner', 'manager', 'instructor'))
);

create index memberships_user_id_idx on public.memberships (user_id, business_id);

create function private.my_businesses()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
    select membership.business_id
    from public.memberships as membership
    where membership.user_id = (select auth.uid())
$$;

create function private.businesses_i_manage()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
    select membership.business_id
    from public.memberships as membership
    where membership.user_id = (select auth.uid())
        and membership.role in ('owner', 'manager')
$$;

-- Policies run these as the asking user; nothing else is granted in private.
grant execute on function private.my_businesses() to authenticated;
grant execute on function private.businesses_i_manage() to authenticated;

alter table public.memberships enable row level security;

create policy members_see_their_business on public.businesses
    for select to authenticated
    using (id = any (array(select private.my_businesses())));

create policy members_see_their_colleagues on public.memberships
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

revoke all on public.memberships from anon, authenticated, service_role;
grant select on public.memberships to authenticated, service_role;

comment on table public.memberships is 'Who may see a business, and in which role.';
comment on column public.memberships.business_id is 'The business.';
comment on column public.memberships.user_id is 'The person who signs in.';
comment on column public.memberships.role is 'owner and manager decide, take over and write; instructor looks on.';
comment on column public.memberships.created_at is 'Since when.';
comment on function private.my_businesses() is 'The businesses that the signed-in user is a member of.';
comment on function private.businesses_i_manage() is
    'The businesses in which the signed-in user decides: as owner or manager.';
