-- The demo business. Every id is fixed and every statement may run again: a second seed changes nothing.

-- The owner, as the Auth service itself would write him: tokens are empty strings, never null, because it
-- cannot read null ones.
insert into auth.users (
    instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, confirmation_token, recovery_token,
    email_change_token_new, email_change_token_current, email_change, reauthentication_token, phone_change,
    phone_change_token, raw_app_meta_data, raw_user_meta_data, created_at, updated_at
)
values (
    '00000000-0000-0000-0000-000000000000',
    'a1000000-0000-4000-8000-000000000001',
    'authenticated',
    'authenticated',
    'owner@frostdesk.local',
    extensions.crypt('frostdesk-demo', extensions.gen_salt('bf')),
    now(),
    '', '', '', '', '', '', '', '',
    '{"provider": "email", "providers": ["email"]}',
    '{"name": "Heidi Frost"}',
    now(),
    now()
)
on conflict (id) do nothing;

insert into auth.identities (id, provider_id, user_id, provider, identity_data, last_sign_in_at, created_at, updated_at)
values (
    'a1000000-0000-4000-8000-000000000002',
    'a1000000-0000-4000-8000-000000000001',
    'a1000000-0000-4000-8000-000000000001',
    'email',
    '{
        "sub": "a1000000-0000-4000-8000-000000000001",
        "email": "owner@frostdesk.local",
        "email_verified": true,
        "phone_verified": false
    }',
    now(),
    now(),
    now()
)
on conflict (id) do nothing;

-- Whoever tries the desk writes more in an hour than a customer does, so its limits are wide.
insert into public.businesses (
    id, slug, name, time_zone, currency, locale, country, meeting_point, customer_messages_per_hour, messages_per_hour
)
values (
    'b0000000-0000-4000-8000-000000000001',
    'alpine-ski-school',
    'Alpine Ski School',
    'Europe/Zurich',
    'CHF',
    'en',
    'CH',
    'the meeting point at the valley station, next to the ski rental',
    200,
    10000
)
on conflict (id) do nothing;

insert into public.memberships (business_id, user_id, role)
values ('b0000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'owner')
on conflict do nothing;

insert into public.instructors (id, business_id, name)
values
    ('c0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000001', 'Anna'),
    ('c0000000-0000-4000-8000-000000000002', 'b0000000-0000-4000-8000-000000000001', 'Luca'),
    ('c0000000-0000-4000-8000-000000000003', 'b0000000-0000-4000-8000-000000000001', 'Sophie'),
    ('c0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000001', 'Marco')
on conflict (id) do nothing;

insert into public.services (
    id, business_id, name, description, aliases, duration_min, price_minor, currency, buffer_after_min,
    min_notice_min, slot_step_min, auto_confirm, position
)
select
    service.id::uuid,
    'b0000000-0000-4000-8000-000000000001',
    service.name,
    service.description,
    service.aliases,
    service.duration_min,
    service.price_minor,
    'CHF',
    service.buffer_after_min,
    60,
    30,
    service.auto_confirm,
    service.position
from (
    values
        (
            'd0000000-0000-4000-8000-000000000001',
            'Private ski lesson (1 hour)',
            'One hour on skis with your own instructor, for one to four people of one level.',
            array['ski lesson', 'private lesson', 'ski', 'skiing', 'one hour', '1 hour', 'Skistunde', 'cours de ski', 'lezione di sci'],
            60, 9500, 0, false, 1
        ),
        (
            'd0000000-0000-4000-8000-000000000002',
            'Private ski lesson (2 hours)',
            'Two hours on skis with your own instructor, for one to four people of one level.',
            array['long lesson', 'double lesson', 'two hours', '2 hours', 'two hour ski lesson', '2h'],
            120, 18000, 0, false, 2
        ),
        (
            'd0000000-0000-4000-8000-000000000003',
            'Kids ski lesson',
            'Ninety minutes in the children''s area, from four years on. Parents may watch.',
            array['kids lesson', 'kids', 'children', 'child', 'Kinderskikurs', 'enfants', 'bambini'],
            90, 11000, 15, false, 3
        ),
        (
            'd0000000-0000-4000-8000-000000000004',
            'Snowboard lesson',
            'Two hours on a snowboard, beginners welcome.',
            array['snowboard', 'snowboarding', 'board', 'boarding', 'Snowboardkurs'],
            120, 17000, 15, false, 4
        ),
        (
            'd0000000-0000-4000-8000-000000000005',
            'Equipment check',
            'Half an hour to fit boots, bindings and helmet. No lesson, confirmed at once.',
            array['equipment', 'gear', 'boot fitting', 'rental check'],
            30, 2500, 0, true, 5
        )
) as service (
    id, name, description, aliases, duration_min, price_minor, buffer_after_min, auto_confirm, position
)
on conflict (id) do nothing;

insert into public.instructor_services (business_id, instructor_id, service_id)
select
    'b0000000-0000-4000-8000-000000000001',
    ('c0000000-0000-4000-8000-00000000000' || given.instructor)::uuid,
    ('d0000000-0000-4000-8000-00000000000' || given.service)::uuid
from (
    values (1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 4), (2, 5), (3, 1), (3, 3), (3, 5), (4, 2), (4, 4)
) as given (instructor, service)
on conflict do nothing;

-- Anna and Luca break for lunch, Sophie works through, Marco starts late and stays into the evening.
insert into public.weekly_hours (business_id, instructor_id, weekday, starts, ends)
select
    'b0000000-0000-4000-8000-000000000001',
    ('c0000000-0000-4000-8000-00000000000' || hours.instructor)::uuid,
    weekday,
    hours.starts,
    hours.ends
from generate_series(1, 7) as weekday
cross join (
    values
        (1, time '08:30', time '12:30'),
        (1, time '13:30', time '17:00'),
        (2, time '09:00', time '12:00'),
        (2, time '13:00', time '18:00'),
        (3, time '09:00', time '16:00'),
        (4, time '12:00', time '20:00')
) as hours (instructor, starts, ends)
on conflict do nothing;

-- The token opens the WhatsApp simulator and nothing else.
select vault.create_secret(
    'frostdesk-local-whatsapp-token',
    'whatsapp:100000000000001',
    'Sends through WhatsApp number 100000000000001'
)
where not exists (select from vault.secrets where name = 'whatsapp:100000000000001');

insert into public.channels (id, business_id, kind, external_id, display_address, access_token_secret_id)
select
    'e0000000-0000-4000-8000-000000000001',
    'b0000000-0000-4000-8000-000000000001',
    'whatsapp',
    '100000000000001',
    '+41 44 555 01 00',
    secret.id
from vault.secrets as secret
where secret.name = 'whatsapp:100000000000001'
on conflict (id) do nothing;

insert into public.templates (id, business_id, channel_id, purpose, language, name, parameters)
select
    template.id::uuid,
    'b0000000-0000-4000-8000-000000000001',
    'e0000000-0000-4000-8000-000000000001',
    template.purpose,
    'en',
    template.purpose || '_1',
    template.parameters
from (
    values
        (
            'f0000000-0000-4000-8000-000000000001',
            'booking_confirmed',
            array['service', 'instructor', 'date', 'time', 'reference']
        ),
        (
            'f0000000-0000-4000-8000-000000000002',
            'booking_cancelled',
            array['service', 'instructor', 'date', 'time', 'reference']
        ),
        ('f0000000-0000-4000-8000-000000000003', 'message_waiting', array['business'])
) as template (id, purpose, parameters)
on conflict do nothing;
