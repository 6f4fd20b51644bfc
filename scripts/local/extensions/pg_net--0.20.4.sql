-- pg_net's public surface. The queue is unlogged, open to every role and emptied by a worker outside the
-- database, exactly as exposed and as forgetful as the real one. `net.wake` reaches that worker by a
-- notification, which Postgres delivers once per transaction, after commit and never after rollback: the
-- real extension's commit callback.

create schema net;

create domain net.http_method as text
    check (value ilike 'get' or value ilike 'post' or value ilike 'delete');

create unlogged table net.http_request_queue (
    id bigserial,
    method net.http_method not null,
    url text not null,
    headers jsonb,
    body bytea,
    timeout_milliseconds int not null
);

create unlogged table net._http_response (
    id bigint,
    status_code integer,
    content_type text,
    headers jsonb,
    content text,
    timed_out bool,
    error_msg text,
    created timestamptz not null default now()
);
create index on net._http_response (created);

create function net._urlencode_string(string varchar)
returns text
language sql
immutable
set search_path = ''
as $$
    select coalesce(string_agg(
        case
            when chr(byte) ~ '[A-Za-z0-9_.~-]' then chr(byte)
            else '%' || lpad(upper(to_hex(byte)), 2, '0')
        end,
        '' order by position
    ), '')
    from (
        select position, get_byte(bytes, position) as byte
        from (select convert_to(string, 'UTF8') as bytes) as encoded,
            generate_series(0, octet_length(bytes) - 1) as position
    ) as each_byte
$$;

create function net._encode_url_with_params_array(url text, params_array text[])
returns text
language sql
immutable
set search_path = ''
as $$
    select case
        when cardinality(params_array) = 0 then url
        when position('?' in url) > 0 then url || '&' || array_to_string(params_array, '&')
        else url || '?' || array_to_string(params_array, '&')
    end
$$;

create function net.wake()
returns void
language sql
as $$
    select pg_catalog.pg_notify('net_wake', '')
$$;

create function net.worker_restart()
returns boolean
language sql
as $$
    select pg_catalog.pg_notify('net_wake', '') is not null
$$;

create function net.wait_until_running()
returns void
language plpgsql
as $$
begin
    while not exists (select from pg_catalog.pg_stat_activity where application_name like 'pg_net%') loop
        perform pg_catalog.pg_sleep(0.02);
    end loop;
end
$$;

create function net.check_worker_is_up()
returns void
language plpgsql
as $$
begin
    if not exists (select from pg_catalog.pg_stat_activity where application_name like 'pg_net%') then
        raise exception 'the pg_net background worker is not up';
    end if;
end
$$;

create function net._enqueue(method text, url text, params jsonb, headers jsonb, body bytea, timeout_ms int)
returns bigint
language plpgsql
as $$
declare
    request_id bigint;
begin
    insert into net.http_request_queue (method, url, headers, body, timeout_milliseconds)
    select
        _enqueue.method,
        net._encode_url_with_params_array(
            _enqueue.url,
            coalesce(array_agg(net._urlencode_string(key) || '=' || net._urlencode_string(value)), '{}')
        ),
        _enqueue.headers,
        _enqueue.body,
        timeout_ms
    from jsonb_each_text(params)
    where key is not null
    returning id into request_id;
    perform net.wake();
    return request_id;
end
$$;

create function net.http_get(
    url text,
    params jsonb default '{}',
    headers jsonb default '{}',
    timeout_milliseconds int default 5000
)
returns bigint
language sql
as $$
    select net._enqueue('GET', url, params, headers, null, timeout_milliseconds)
$$;

create function net.http_post(
    url text,
    body jsonb default '{}',
    params jsonb default '{}',
    headers jsonb default '{"Content-Type": "application/json"}',
    timeout_milliseconds int default 5000
)
returns bigint
language plpgsql
as $$
declare
    content_type text;
begin
    select value
    into content_type
    from jsonb_each_text(coalesce(headers, '{}'))
    where lower(key) = 'content-type'
    limit 1;

    if content_type is null then
        headers := headers || '{"Content-Type": "application/json"}';
    end if;
    if content_type <> 'application/json' then
        raise exception 'Content-Type header must be "application/json"';
    end if;
    return net._enqueue('POST', url, params, headers, convert_to(body::text, 'UTF8'), timeout_milliseconds);
end
$$;

create function net.http_delete(
    url text,
    params jsonb default '{}',
    headers jsonb default '{}',
    timeout_milliseconds int default 5000,
    body jsonb default null
)
returns bigint
language sql
as $$
    select net._enqueue('DELETE', url, params, headers, convert_to(body::text, 'UTF8'), timeout_milliseconds)
$$;

grant usage on schema net to public;
grant all on all sequences in schema net to public;
grant all on all tables in schema net to public;
