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

create function private.check_i_see(p_business_id uuid)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    -- Row-level security decides what is there for the asking user.
    if not exists (select from public.businesses as business where business.id = p_business_id) then
        raise exception 'no business %', p_business_id using errcode = 'D0001';
    end if;
end
$$;

create function private.check_i_manage(p_business_id uuid)
returns void
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    perform private.check_i_see(p_business_id);
    if current_user = 'authenticated'
        and not exists (select from private.businesses_i_manage() as mine (id) where mine.id = p_business_id)
    then
        raise exception 'only an owner or a manager decides on bookings' using errcode = 'D0011';
    end if;
end
$$;

-- Policies, and the functions that people and programs call, run these as the asking user. The schema stays closed
-- to the Data API; whoever may enter it can use in it what is granted by name, and that is little.
grant usage on schema private to authenticated, service_role;
grant execute on function private.my_businesses() to authenticated;
grant execute on function private.businesses_i_manage() to authenticated, service_role;
grant execute on function private.check_i_see(uuid) to authenticated, service_role;
grant execute on function private.check_i_manage(uuid) to authenticated, service_role;

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
comment on function private.check_i_see(uuid) is
    'Raises D0001 for a business that the asking user is no member of, as if it did not exist.';
comment on function private.check_i_manage(uuid) is
    'The same, and D0011 for a member who does not decide. A function with the secret key may do what a manager may.';
comment on function private.businesses_i_manage() is
    'The businesses in which the signed-in user decides: as owner or manager.';
