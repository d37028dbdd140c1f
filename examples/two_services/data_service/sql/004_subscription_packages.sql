CREATE TABLE IF NOT EXISTS subscription_packages (
    slug VARCHAR(40) PRIMARY KEY,
    name VARCHAR(80) NOT NULL,
    price_monthly NUMERIC(10, 2) NOT NULL,
    display_order INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS user_subscriptions (
    id SERIAL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    package_slug VARCHAR(40) NOT NULL REFERENCES subscription_packages (slug)
);

CREATE TABLE IF NOT EXISTS subscription_history (
    id SERIAL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    package_slug VARCHAR(40) NOT NULL REFERENCES subscription_packages (slug),
    changed_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

INSERT INTO subscription_packages (slug, name, price_monthly, display_order)
VALUES ('free', 'Free', 0.00, 1), ('standard', 'Standard', 29.99, 2),
       ('premium', 'Premium', 79.99, 3), ('enterprise', 'Enterprise', 299.99, 4)
ON CONFLICT DO NOTHING;
